#include "tables/csv.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace parcours {
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

}  // namespace
}  // namespace parcours
