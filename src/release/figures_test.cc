#include "release/figures.h"

#include <gtest/gtest.h>

#include "release/testing/example.h"

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

TEST(Figures, OfWhatIsNeededEveryCellOfPeopleCountsOnceAndIsShownWhole) {
  std::vector<Table> tables = {sex_by_age(true), sex_by_age(true)};
  const std::vector<std::vector<Margin>> kept = {{{"sex"}, {}, {"sex"}}, {{"age", "sex"}}};
  EXPECT_EQ(count_needed(tables, kept), (NeededCount{7, 7}));
  example::hide(tables[0], 2);      // F of any age
  example::hide(tables[0], 0);      // F and a: of no margin that the first table needs
  tables[1].cells[0].patients = 0;  // a true zero is nobody
  EXPECT_EQ(count_needed(tables, kept), (NeededCount{6, 5}));
  tables[1].mean_of = Label{"height", "taille"};
  tables[1].cells[1].mean = 1.6;
  EXPECT_EQ(count_needed(tables, kept), (NeededCount{6, 3}));
  EXPECT_EQ(count_needed(tables, {}), (NeededCount{0, 0}));
}

}  // namespace
}  // namespace parcours
