#include "tables/csv.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <set>

namespace parcours::tables {
namespace {

using testing::HasSubstr;

Table drugs_by_sex() {
  Table table{"drugs", {}, {}, {}, {}};
  table.dimensions.push_back({"sex", {}, {{"F", {}}, {"M", {}}}, true});
  table.dimensions.push_back({"drug", {}, {{"R03A", {}}}, false});
  table.cells.assign(table.cell_count(), {CellStatus::published, 12, {}});
  table.cells[2] = {CellStatus::confidential, 0, {}};
  return table;
}

TEST(TableCsv, HasALineACellAndSaysNothingOfAHiddenOne) {
  EXPECT_EQ(csv(drugs_by_sex()).value(),
            "sex,drug,status,patients\n"
            "F,R03A,published,12\n"
            "F,_ANY,published,12\n"
            "M,R03A,confidential,\n"
            "M,_ANY,published,12\n"
            "_T,R03A,published,12\n"
            "_T,_ANY,published,12\n");
}

TEST(TableCsv, LeavesOutAMeanThatIsHidden) {
  Table table{"hba1c", {}, {}, {}, Label{"HbA1c", "HbA1c"}};
  table.cells = {{CellStatus::published, 12, {}}};
  EXPECT_EQ(csv(table).value(), "status,patients,mean\npublished,12,\n");
  table.cells[0].mean = 6.25;
  EXPECT_EQ(csv(table).value(), "status,patients,mean\npublished,12,6.25\n");
}

TEST(TableCsv, QuotesCodesThatHoldItsOwnSigns) {
  Table table{"t", {}, {{"age", {}, {{"[6,12)", {}}}, true}}, {}, {}};
  table.cells.resize(2);
  EXPECT_THAT(csv(table).value(), HasSubstr("\"[6,12)\",confidential,"));
}

TEST(TableCsv, G2WritesNoFormula) {
  Table table{"t", {}, {{"@age", {}, {{"=1+1", {}}, {"-5-0", {}}, {"-5", {}}}, true}}, {}, Label{}};
  table.cells.assign(4, {CellStatus::published, 12, -1.5});
  EXPECT_EQ(csv(table).value(),
            "\"'@age\",status,patients,mean\n"
            "\"'=1+1\",published,12,-1.5\n"
            "\"'-5-0\",published,12,-1.5\n"
            "-5,published,12,-1.5\n"
            "_T,published,12,-1.5\n");
}

TEST(TableCsv, RefusesACategoryThatIsCalledATotal) {
  Table table = drugs_by_sex();
  table.dimensions[0].categories[0].code = "_T";
  EXPECT_THAT(csv(table).error().sentence(), HasSubstr("'_T'"));
}

TEST(TableCsv, RefusesAVariableThatIsCalledAsItsOwnColumns) {
  Table table = drugs_by_sex();
  table.dimensions[0].id = "patients";
  EXPECT_THAT(csv(table).error().sentence(), HasSubstr("'patients'"));
}

RC_GTEST_PROP(TableCsv, G1IsReadAsItWasWritten, ()) {
  Table table{"t", {}, {}, {}, {}};
  if (*rc::gen::arbitrary<bool>()) {
    table.mean_of = Label{};
  }
  for (int d = *rc::gen::inRange(0, 4); d > 0; --d) {
    Dimension dimension{"d" + std::to_string(d), {}, {}, *rc::gen::arbitrary<bool>()};
    const auto codes = *rc::gen::container<std::set<std::string>>(
        rc::gen::container<std::string>(rc::gen::elementOf(std::string("ab,;\"\n\r \t_T=+-@'5"))));
    for (const std::string& code : codes) {
      if (code != total_code && dimension.categories.size() < 4) {
        dimension.categories.push_back({code, {}});
      }
    }
    table.dimensions.push_back(dimension);
  }
  table.cells.resize(table.cell_count());
  for (Cell& cell : table.cells) {
    if (*rc::gen::arbitrary<bool>()) {
      cell = {CellStatus::published, *rc::gen::nonNegative<std::int64_t>(), {}};
      if (table.mean_of && *rc::gen::arbitrary<bool>()) {
        cell.mean = *rc::gen::arbitrary<double>();
      }
    }
  }
  const Result<Table> read = parse_table(csv(table).value(), "t.csv");
  RC_ASSERT(read.has_value());
  RC_ASSERT(*read == table);
}

struct Mistake {
  const char* text;
  const char* said;
};

TEST(TableCsv, NamesEveryMistakeByItsLine) {
  const Mistake mistakes[] = {
      {"sex,patients\nF,1\n", "no column 'status'"},
      {"sex,sex,status,patients\n", "t.csv:1: the column 'sex' twice"},
      {"sex,status,patients\nF,published,3\n", "no total for 'sex'"},
      {"sex,status,patients\n_T,published,3\n_ANY,published,3\n", "two kinds of total"},
      {"sex,status,patients\n_T,publish,3\n", "t.csv:2: unknown status; did you mean"},
      {"sex,status,patients\n_T,published,\n", "t.csv:2: a published cell has no"},
      {"sex,status,patients\n_T,published,-1\n", "t.csv:2: a published cell has no"},
      {"sex,status,patients\n_T,confidential,3\n", "t.csv:2: a confidential cell has"},
      {"sex,status,patients,mean\n_T,published,3,x\n", "t.csv:2: the mean is not a number"},
      {"sex,status,patients\n_T,published,3,4\n", "t.csv:2: "},
      {"sex,status,patients\n_T,published,3\n_T,published,3\n", "t.csv:3: a cell appears twice"},
      {"a,b,status,patients\n_T,_T,published,3\nx,y,published,3\n",
       "the table has 2 lines, but its codes make at least 4 cells"},
  };
  for (const Mistake& mistake : mistakes) {
    const Result<Table> table = parse_table(mistake.text, "t.csv");
    ASSERT_FALSE(table.has_value()) << mistake.text;
    EXPECT_THAT(table.error().sentence(), HasSubstr(mistake.said));
  }
}

TEST(TableCsv, TakesColumnsAndCellsInAnyOrder) {
  const Table table =
      parse_table("patients;status;sex\n5;published;_T\n;confidential;M\n", "t.csv").value();
  EXPECT_EQ(table.dimensions[0].categories[0].code, "M");
  EXPECT_EQ(table.cells[1].patients, 5);
}

TEST(TableCsv, NamesAFileThatIsNotThere) {
  EXPECT_THAT(read_table("nowhere/t.csv").error().sentence(), HasSubstr("nowhere/t.csv"));
}

}  // namespace
}  // namespace parcours::tables
