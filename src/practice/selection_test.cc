#include "practice/selection.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <utility>

#include "base/files.h"
#include "base/random.h"
#include "formalities/testing/permit_text.h"
#include "rows/row_columns.h"

namespace parcours::practice {
namespace {

template <class Row>
class Listed : public ingest::RowSource {
 public:
  explicit Listed(std::vector<Row> rows) : rows_(std::move(rows)) {}
  std::vector<columns::Column> columns() const override { return rows::source_columns<Row>(); }
  int most_threads() const override { return 1; }
  std::uint64_t rows() const override { return rows_.size(); }
  std::unique_ptr<Reader> reader() override { return std::make_unique<Filler>(rows_); }

 private:
  class Filler : public Reader {
   public:
    explicit Filler(const std::vector<Row>& rows) : rows_(rows) {}
    Result<std::size_t> fill(columns::Sink& sink) override {
      rows::RowWriter<Row> to(sink);
      std::size_t n = 0;
      while (n < sink.capacity() && next_ < rows_.size()) {
        to.put(n++, rows_[next_++]);
      }
      return n;
    }

   private:
    const std::vector<Row>& rows_;
    std::size_t next_ = 0;
  };
  std::vector<Row> rows_;
};

// A source of patients 0 to 9 and random events of every provenance.
class MadeIntake : public ingest::Intake {
 public:
  MadeIntake(std::uint64_t seed, std::vector<std::pair<vocabulary::Code, rows::EventRow>>& told)
      : random_(seed), told_(told) {}
  std::uint64_t bytes() const override { return 0; }
  std::vector<std::filesystem::path> files() const override { return {}; }

  std::unique_ptr<ingest::RowSource> patients(const ingest::Reading& reading) override {
    std::vector<rows::PatientRow> rows;
    for (int i = 0; i < 10; ++i) {
      reading.registry.sender("own");
      rows::PatientRow row;
      row.patient.id =
          records::pseudonym(records::pseudonym_hash(reading.registry.key), std::to_string(i));
      row.patient.birth_year = 1950;
      reading.registry.met(std::to_string(i), row.patient.id);
      rows.push_back(row);
    }
    patients_ = rows;
    return std::make_unique<Listed<rows::PatientRow>>(std::move(rows));
  }
  std::unique_ptr<ingest::RowSource> events(const ingest::Reading& reading) override {
    const vocabulary::Kinds& kind = vocabulary::known_kinds();
    const vocabulary::Code codes[] = {{kind.diagnosis, "icd10", "J45"},
                                      {kind.diagnosis, "icd10", "I10"},
                                      {kind.consultation, "visit", "C"},
                                      {kind.lab, "lab", "J45"}};
    std::vector<rows::EventRow> rows;
    for (int i = 0; i < 5000; ++i) {
      const vocabulary::Code& code = codes[random_.below(4)];
      rows::EventRow row{.patient = patients_[random_.below(10)].patient.id,
                         .value = records::no_value,
                         .day = *day_of(2019 + static_cast<int>(random_.below(12)), 6, 1),
                         .code = reading.registry.codes.intern(code),
                         .kind = *code.kind,
                         .provenance = random_.below(4)};
      told_.emplace_back(code, row);
      rows.push_back(row);
    }
    return std::make_unique<Listed<rows::EventRow>>(std::move(rows));
  }

 private:
  Random random_;
  std::vector<std::pair<vocabulary::Code, rows::EventRow>>& told_;
  std::vector<rows::PatientRow> patients_;
};

// The permit of permit_text(), in words: consultations and diagnoses J*, entered or received, from
// 2020 to 2029.
bool expected(const vocabulary::Code& code, const rows::EventRow& row,
              const records::PatientId& objector) {
  const vocabulary::Kinds& kind = vocabulary::known_kinds();
  const auto provenance = static_cast<records::Provenance>(row.provenance);
  return row.patient != objector &&
         (code.kind == kind.consultation ||
          (code.kind == kind.diagnosis && code.code.starts_with("J"))) &&
         (provenance == records::Provenance::entered ||
          provenance == records::Provenance::received) &&
         row.day >= *day_of(2020, 1, 1) && row.day <= *day_of(2029, 12, 31);
}

// G1, G3
TEST(Selection, IsWhatThePermitSaysOfEachRow) {
  const ScratchFolder folder =
      *ScratchFolder::make(std::filesystem::temp_directory_path(), "selection-");
  ASSERT_TRUE(Objections::begin(folder.path()));
  Objections objections = *Objections::open(folder.path());
  const records::ProgrammeKey key = records::ProgrammeKey::generate();
  const records::PatientId objector = records::pseudonym(records::pseudonym_hash(key), "3");
  ASSERT_TRUE(*objections.add("3", {}));
  const formalities::Permit permit =
      *formalities::parse_permit(formalities::permit_text(), "permit.toml");
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    std::vector<std::pair<vocabulary::Code, rows::EventRow>> told;
    Source source{
        .form = "made", .intake = std::make_unique<MadeIntake>(seed, told), .most_bad_rows = 0};
    const Result<Selection> chosen =
        select(source, {permit, key, objections, *day_of(2026, 11, 27)}, Stop(), nullptr);
    ASSERT_TRUE(chosen) << chosen.error().sentence();
    std::uint64_t leave = 0;
    for (const auto& [code, row] : told) {
      leave += expected(code, row, objector) ? 1 : 0;
    }
    EXPECT_EQ(chosen->events.size(), leave);
    for (const rows::EventRow& row : chosen->events) {
      EXPECT_TRUE(expected(chosen->codes[row.code], row, objector));
    }
    EXPECT_EQ(chosen->events_read, 5000u);
    EXPECT_EQ(chosen->events.size() + chosen->all_cut() + chosen->of_objectors, 5000u);
    EXPECT_EQ(chosen->patients.size(), 9u);
  }
}

TEST(Selection, WhatTheVaultWouldNotKeepAsItIsTooOldDoesNotLeave) {
  const ScratchFolder folder =
      *ScratchFolder::make(std::filesystem::temp_directory_path(), "too-old-");
  ASSERT_TRUE(Objections::begin(folder.path()));
  const Objections objections = *Objections::open(folder.path());
  const records::ProgrammeKey key = records::ProgrammeKey::generate();
  const formalities::Permit permit = *formalities::parse_permit(
      formalities::permit_text({{"retention.years", "2"}, {"retention.from", "\"fact\""}}),
      "permit.toml");
  std::vector<std::pair<vocabulary::Code, rows::EventRow>> told;
  Source source{
      .form = "made", .intake = std::make_unique<MadeIntake>(1, told), .most_bad_rows = 0};
  const Day today = *day_of(2026, 6, 1);
  const auto chosen = select(source, {permit, key, objections, today}, Stop(), nullptr);
  ASSERT_TRUE(chosen) << chosen.error().sentence();
  EXPECT_GT(chosen->expired, 0u);
  EXPECT_FALSE(chosen->events.empty());
  for (const rows::EventRow& row : chosen->events) {
    EXPECT_GE(row.day, *day_of(2024, 6, 1));
  }
}

// The records say it without its key, and the patient's card with it.
TEST(Selection, AnObjectionUnderANationalNumberHoldsWithItsKeyAndWithout) {
  const ScratchFolder folder =
      *ScratchFolder::make(std::filesystem::temp_directory_path(), "objections-");
  ASSERT_TRUE(Objections::begin(folder.path()));
  Objections objections = *Objections::open(folder.path());
  ASSERT_TRUE(objections.add("2 55 08 14 168 025 38", {}));
  EXPECT_TRUE(objections.objects("2550814168025"));
  EXPECT_TRUE(objections.objects("255081416802538"));
  EXPECT_FALSE(objections.objects("2550814168026"));
  EXPECT_TRUE(objections.take_back("2550814168025", {}).value());
  EXPECT_FALSE(objections.objects("255081416802538"));
}

}  // namespace
}  // namespace parcours::practice
