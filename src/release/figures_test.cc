#include "release/figures.h"

#include <gtest/gtest.h>

#include "release/testing/example.h"

namespace parcours::release {
namespace {

TEST(Figures, MeansHaveTheDecimalsThatTheirSizeBears) {
  EXPECT_EQ(mean_text(210.123).en, "210.1");
  EXPECT_EQ(mean_text(6.543).fr, "6,54");
  EXPECT_EQ(mean_text(-0.1234).en, "-0.123");
}

tables::Table sex_by_age(bool additive) {
  tables::Table table{"t", {"T", "T"}, {}, {}, {}};
  table.dimensions = {{"sex", {}, {{"F", {}}, {"M", {}}}, true},
                      {"age", {}, {{"a", {}}, {"b", {}}}, additive}};
  for (const std::int64_t n : {30, 20, 50, 40, 10, 50, 70, 30, 100}) {
    table.cells.push_back({tables::CellStatus::published, n, {}});
  }
  return table;
}

TEST(Figures, TheShownPartIsThatOfThePublishedInnerCells) {
  tables::Table table = sex_by_age(true);
  EXPECT_EQ(shown(table)->part(), 1);
  example::hide(table, 1);
  example::hide(table, 4);
  EXPECT_EQ(shown(table)->patients, 70);
  EXPECT_EQ(shown(table)->of, 100);
  EXPECT_EQ(count_cells({&table, 1}).published, 7);
  example::hide(table, 8);
  EXPECT_EQ(shown(table), std::nullopt);
}

TEST(Figures, CellsThatCountNobodyAreToldApart) {
  tables::Table table = sex_by_age(true);
  table.cells[0].patients = 0;
  example::hide(table, 1);
  const CellCount count = count_cells({&table, 1});
  EXPECT_EQ(count.empty, 1);
  EXPECT_EQ(count.with_patients(), 8);
  EXPECT_EQ(count.published_with_patients(), 7);
  EXPECT_EQ(count.hidden(), 1);
  EXPECT_EQ(count.published_part(), 7.0 / 8);
}

TEST(Figures, AReleaseThatShowsUnderATenthOfItsPatientsShowsLittle) {
  tables::Table table = sex_by_age(true);
  EXPECT_FALSE(shows_little({&table, 1}));
  for (const std::size_t cell : {0, 1, 3}) {
    example::hide(table, cell);
  }
  EXPECT_FALSE(shows_little({&table, 1}));  // 10 of 100
  example::hide(table, 4);
  EXPECT_TRUE(shows_little({&table, 1}));
}

TEST(Figures, WhereNoTableSaysHowManyPatientsItShowsTheCellsCount) {
  tables::Table table = sex_by_age(true);
  example::hide(table, 8);
  EXPECT_EQ(shown({&table, 1}), std::nullopt);
  EXPECT_FALSE(shows_little({&table, 1}));
  for (std::size_t cell = 0; cell < 9; ++cell) {
    example::hide(table, cell);
  }
  EXPECT_TRUE(shows_little({&table, 1}));
}

// By age (a, b) and vaccine (yes, no, of which a part is unsure): as published, 0 or hidden.
TEST(Figures, AHiddenGroupWithOneCategoryLeftSharesIt) {
  tables::Table table{"flu", {}, {}, {}, {}};
  table.dimensions = {{"age", {}, {{"a", {}}, {"b", {}}}, true},
                      {"vaccine", {}, {{"yes", {}}, {"no", {}}}, true}};
  const tables::Cell zero{tables::CellStatus::published, 0, {}};
  const tables::Cell many{tables::CellStatus::published, 40, {}};
  table.cells = {zero, {}, {}, many, {}, {}, many, {}, {}};
  const std::vector<std::string> vaccine = {"vaccine"};
  // Hidden groups: a, b, all. Of a nobody is vaccinated, so everyone of it is not.
  EXPECT_EQ(shared_by_hidden({&table, 1}, vaccine), (SharedByHidden{3, 1}));
  EXPECT_EQ(shared_by_hidden({&table, 1}, {}), (SharedByHidden{0, 0}));
  table.cells[2] = many;  // its size is public: then the gate judges it
  EXPECT_EQ(shared_by_hidden({&table, 1}, vaccine), (SharedByHidden{2, 0}));
  table.dimensions[1].additive = false;
  EXPECT_EQ(shared_by_hidden({&table, 1}, vaccine), (SharedByHidden{0, 0}));
}

TEST(Figures, WhereAPatientStandsInSeveralCellsNoPartIsSaid) {
  EXPECT_EQ(shown(sex_by_age(false)), std::nullopt);
}

TEST(Figures, OfWhatIsNeededEveryCellOfPeopleCountsOnceAndIsShownWhole) {
  std::vector<tables::Table> tables = {sex_by_age(true), sex_by_age(true)};
  const std::vector<std::vector<tables::Margin>> kept = {{{"sex"}, {}, {"sex"}}, {{"age", "sex"}}};
  EXPECT_EQ(count_needed(tables, kept), (NeededCount{7, 7}));
  example::hide(tables[0], 2);      // F of any age
  example::hide(tables[0], 0);      // F and a: of no margin that the first table needs
  tables[1].cells[0].patients = 0;  // a true zero is nobody
  EXPECT_EQ(count_needed(tables, kept), (NeededCount{6, 5}));
  tables[1].mean_of = tables::Label{"height", "taille"};
  tables[1].cells[1].mean = 1.6;
  EXPECT_EQ(count_needed(tables, kept), (NeededCount{6, 3}));
  EXPECT_EQ(count_needed(tables, {}), (NeededCount{0, 0}));
}

}  // namespace
}  // namespace parcours::release
