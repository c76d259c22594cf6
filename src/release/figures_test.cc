#include "release/figures.h"

#include <gtest/gtest.h>

#include "release/example.h"

namespace parcours {
namespace {

TEST(Figures, MeansHaveTheDecimalsThatTheirSizeBears) {
  EXPECT_EQ(mean_text(210.123).en, "210.1");
  EXPECT_EQ(mean_text(6.543).fr, "6,54");
  EXPECT_EQ(mean_text(-0.1234).en, "-0.123");
}

Table sex_by_age(bool additive) {
  Table table{"t", {"T", "T"}, {}, {}, {}};
  table.dimensions = {{"sex", {}, {{"F", {}}, {"M", {}}}, true},
                      {"age", {}, {{"a", {}}, {"b", {}}}, additive}};
  for (const std::int64_t n : {30, 20, 50, 40, 10, 50, 70, 30, 100}) {
    table.cells.push_back({CellStatus::published, n, {}});
  }
  return table;
}

TEST(Figures, TheShownPartIsThatOfThePublishedInnerCells) {
  Table table = sex_by_age(true);
  EXPECT_EQ(shown(table)->part(), 1);
  example::hide(table, 1);
  example::hide(table, 4);
  EXPECT_EQ(shown(table)->patients, 70);
  EXPECT_EQ(shown(table)->of, 100);
  EXPECT_EQ(count_cells({&table, 1}).published, 7);
  example::hide(table, 8);
  EXPECT_EQ(shown(table), std::nullopt);
}

TEST(Figures, WhereAPatientStandsInSeveralCellsNoPartIsSaid) {
  EXPECT_EQ(shown(sex_by_age(false)), std::nullopt);
}

}  // namespace
}  // namespace parcours
