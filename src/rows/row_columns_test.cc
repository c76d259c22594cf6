#include "rows/row_columns.h"

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

namespace parcours::rows {
namespace {

// One chunk of these rows.
template <class Row>
class Rows : public columns::Source::Reader {
 public:
  explicit Rows(std::vector<Row> rows) : rows_(std::move(rows)) {}
  Result<std::size_t> fill(columns::Sink& sink) override {
    RowWriter<Row> to(sink);
    for (std::size_t i = 0; i < rows_.size(); ++i) {
      to.put(i, rows_[i]);
    }
    return rows_.size();
  }

 private:
  std::vector<Row> rows_;
};

TEST(RowColumns, EventsComeBackAsTheyWerePut) {
  Rows<EventRow> rows(
      {{.patient = {1, ~0ull},
        .value = 2.5,
        .practice = 3,
        .day = {-4},
        .code = 5,
        .package = 6,
        .kind = 7,
        .provenance = 2},
       {.patient = {~0ull, 1}, .value = records::no_value, .package = most_packages - 1}});
  columns::Chunk chunk(source_columns<EventRow>());
  ASSERT_EQ(chunk.fill(rows).value(), 2u);
  const RowChunk<EventRow> back(chunk);
  EXPECT_EQ(back[0].patient, (records::PatientId{1, ~0ull}));
  EXPECT_EQ(back[0].value, 2.5);
  EXPECT_EQ(back[0].practice, 3u);
  EXPECT_EQ(back[0].day, Day{-4});
  EXPECT_EQ(back[0].code, 5u);
  EXPECT_EQ(back[0].package, 6u);
  EXPECT_EQ(back[0].kind, 7u);
  EXPECT_EQ(back[0].provenance, 2u);
  EXPECT_FALSE(records::has_value(back[1].value));
  EXPECT_EQ(back[1].package, most_packages - 1);
}

TEST(RowColumns, PatientsComeBackAsTheyWerePut) {
  const records::Patient known{
      .id = {8, 9}, .practice = 1, .birth_year = -30, .sex = records::Sex::male, .place = 4};
  Rows<PatientRow> rows({{known, 2}, {{.id = {1, 1}}, 3}});
  columns::Chunk chunk(source_columns<PatientRow>());
  ASSERT_EQ(chunk.fill(rows).value(), 2u);
  const RowChunk<PatientRow> back(chunk);
  EXPECT_EQ(back[0].patient.id, known.id);
  EXPECT_EQ(back[0].patient.birth_year, -30);
  EXPECT_EQ(back[0].patient.sex, records::Sex::male);
  EXPECT_EQ(back[0].patient.place, 4u);
  EXPECT_EQ(back[0].package, 2u);
  EXPECT_EQ(back[1].patient.birth_year, records::no_birth_year);
  EXPECT_EQ(back[1].patient.place, vocabulary::no_code);
}

std::string names(const std::vector<columns::Column>& columns) {
  std::string all;
  for (const columns::Column& column : columns) {
    all += column.name + " ";
  }
  return all;
}

TEST(RowColumns, AreThoseOfTheVaultsFormatInItsOrder) {
  EXPECT_EQ(names(stored_columns<EventRow>(Calendar::dates)),
            "patient practice day kind code value package provenance ");
  EXPECT_EQ(names(stored_columns<PatientRow>(Calendar::dates)),
            "patient practice birth_year sex place package ");
}

TEST(RowColumns, ADayIsADateOnlyInAVaultWithDates) {
  EXPECT_EQ(stored_columns<EventRow>(Calendar::dates)[event_column::day].type, columns::Type::date);
  EXPECT_EQ(stored_columns<EventRow>(Calendar::days)[event_column::day].type,
            columns::Type::integer);
  EXPECT_EQ(stored_columns<EventRow>(Calendar::order)[event_column::day].type,
            columns::Type::integer);
}

}  // namespace
}  // namespace parcours::rows
