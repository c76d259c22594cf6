#include "protect/primary.h"

#include <gtest/gtest.h>

#include "protect/testing/people.h"

namespace parcours::protect {
namespace {

using example::Person;

crowds::Crowd people(std::uint32_t patients, std::uint32_t practices = 9,
                     std::uint32_t largest = 1) {
  crowds::Crowd crowd;
  crowd.patients = patients;
  crowd.practices = practices;
  crowd.largest_practice = largest;
  return crowd;
}

Rules rules() {
  Rules made = example::rules(11, 11);
  made.has_practices = true;
  made.practices_min = 3;
  made.largest_practice_share_below = 0.85;
  made.largest_value_share_below = 0.85;
  made.hide_group_disclosure = true;
  return made;
}

// A table of one variable: its categories' crowds, then their total.
crowds::CrowdTable row(std::vector<crowds::Crowd> cells, bool sensitive = false) {
  crowds::CrowdTable table;
  table.dimensions = {example::dimension("v", cells.size() - 1)};
  table.sensitive = {sensitive};
  table.cells = std::move(cells);
  return table;
}

std::optional<Rule> first(const crowds::CrowdTable& table, const Rules& by = rules()) {
  return primary(table, table.cells.back(), by).cells.front();
}

TEST(Primary, FindsTenPatientsUnsafeAndElevenSafe) {
  EXPECT_EQ(first(row({people(10), people(100), people(110)})), Rule::patients_min);
  EXPECT_EQ(first(row({people(11), people(100), people(111)})), std::nullopt);
}

TEST(Primary, FindsACellOfNobodySafe) {
  EXPECT_EQ(first(row({people(0, 0, 0), people(100), people(100)})), std::nullopt);
}

TEST(Primary, FindsACellUnsafeThatLeavesTenOfItsGroup) {
  EXPECT_EQ(first(row({people(100), people(10), people(110)})), Rule::complement_min);
  EXPECT_EQ(first(row({people(100), people(11), people(111)})), std::nullopt);
}

TEST(Primary, FindsAGrandTotalUnsafeThatLeavesTenOfThePopulation) {
  const crowds::CrowdTable table = row({people(50), people(50), people(100)});
  EXPECT_EQ(primary(table, people(110), rules()).cells.back(), Rule::complement_min);
  EXPECT_EQ(primary(table, people(111), rules()).cells.back(), std::nullopt);
}

TEST(Primary, FindsTwoPracticesTooFew) {
  EXPECT_EQ(first(row({people(50, 2), people(50), people(100)})), Rule::practices_min);
  EXPECT_EQ(first(row({people(50, 3), people(50), people(100)})), std::nullopt);
}

TEST(Primary, FindsAPracticeOfEightyFivePercentDominating) {
  EXPECT_EQ(first(row({people(100, 3, 85), people(50), people(150)})),
            Rule::largest_practice_share_below);
  EXPECT_EQ(first(row({people(100, 3, 84), people(50), people(150)})), std::nullopt);
}

TEST(Primary, FindsFourOthersOfTwelvePatientsTooFew) {
  Rules by = rules();
  const crowds::CrowdTable twelve = row({people(12, 3, 8), people(50), people(62)});
  EXPECT_EQ(first(twelve, by), std::nullopt);
  by.without_largest_practice_min = 4;
  EXPECT_EQ(first(twelve, by), std::nullopt);
  by.without_largest_practice_min = 5;
  EXPECT_EQ(first(twelve, by), Rule::without_largest_practice_min);
}

TEST(Primary, AsksNothingOfPracticesWhereTheSourceHasNone) {
  Rules without = rules();
  without.has_practices = false;
  EXPECT_EQ(first(row({people(100, 1, 100), people(50), people(150)}), without), std::nullopt);
}

TEST(Primary, FindsAGroupUnsafeAllOfWhomShareASensitiveValue) {
  EXPECT_EQ(first(row({people(100), people(0, 0, 0), people(100)}, true)),
            Rule::hide_group_disclosure);
  EXPECT_EQ(first(row({people(100), people(0, 0, 0), people(100)}, false)), std::nullopt);
  Rules without = rules();
  without.hide_group_disclosure = false;
  EXPECT_EQ(first(row({people(100), people(0, 0, 0), people(100)}, true), without), std::nullopt);
}

TEST(Primary, LooksAtTheGroupOfEveryDimension) {
  // Two variables; 100 of the 105 of the first row stand in the first column.
  crowds::CrowdTable table;
  table.dimensions = {example::dimension("a", 2), example::dimension("b", 2)};
  table.sensitive = {false, false};
  table.cells = {people(100), people(5),   people(105), people(300), people(70),
                 people(370), people(400), people(75),  people(475)};
  EXPECT_EQ(first(table), Rule::complement_min);
}

TEST(Primary, CountsACellUnderTheFirstRuleThatItBreaks) {
  EXPECT_EQ(first(row({people(10, 1, 10), people(0, 0, 0), people(10)}, true)), Rule::patients_min);
}

// Of a group of 120 and one of 100, who had drug a, who had drug b, who had any.
crowds::CrowdTable drugs(std::uint32_t a, std::uint32_t b, std::uint32_t any) {
  crowds::CrowdTable table;
  table.dimensions = {example::dimension("sex", 2), example::dimension("drug", 2)};
  table.dimensions[1].additive = false;
  table.sensitive = {false, true};
  table.cells = {people(a),  people(b),      people(any),    people(40),      people(30),
                 people(60), people(a + 40), people(b + 30), people(any + 60)};
  table.groups = {people(120), people(100), people(220)};
  return table;
}

TEST(Primary, FindsACodeUnsafeThatLeavesTenOfItsGroupWithoutIt) {
  EXPECT_EQ(primary(drugs(110, 20, 120), people(220), rules()).cells[0], Rule::complement_min);
  EXPECT_EQ(primary(drugs(60, 20, 109), people(220), rules()).cells[0], std::nullopt);
}

TEST(Primary, FindsAnyCodeUnsafeThatLeavesTenOfItsGroupWithNone) {
  EXPECT_EQ(primary(drugs(60, 50, 110), people(220), rules()).cells[2], Rule::complement_min);
  EXPECT_EQ(primary(drugs(60, 50, 109), people(220), rules()).cells[2], std::nullopt);
}

TEST(Primary, FindsACodeUnsafeThatEveryoneOfItsGroupHas) {
  EXPECT_EQ(primary(drugs(120, 50, 120), people(220), rules()).cells[0],
            Rule::hide_group_disclosure);
}

TEST(Primary, FindsAMeanUnsafeThatLeavesTenOfItsGroupWithoutAValue) {
  crowds::CrowdTable table = row({people(100), people(100), people(200)});
  table.mean_of = tables::Label{"HbA1c", "HbA1c"};
  for (crowds::Crowd& crowd : table.cells) {
    crowd.value = crowds::ValueCrowd{crowd.patients, crowd.patients, 1000, 10, 10};
  }
  table.groups = {people(110), people(111), people(221)};
  EXPECT_EQ(primary(table, people(221), rules()).cells,
            (std::vector<std::optional<Rule>>{Rule::complement_min, std::nullopt, std::nullopt}));
}

TEST(Primary, HidesAMeanThatOnePatientDominatesAndShowsTheCount) {
  crowds::CrowdTable table = row({people(100), people(100), people(200)});
  table.mean_of = tables::Label{"cost", "coût"};
  for (crowds::Crowd& crowd : table.cells) {
    crowd.value = crowds::ValueCrowd{crowd.patients, crowd.patients, 1000, 100, 90};
  }
  table.cells[0].value->largest = 850;
  const Primary found = primary(table, table.cells.back(), rules());
  EXPECT_EQ(found.cells[0], std::nullopt);
  EXPECT_EQ(found.means, (std::vector<bool>{true, false, false}));
}

TEST(Primary, HidesAMeanThatIsZeroForAllButAFew) {
  crowds::CrowdTable table = row({people(100), people(100), people(200)});
  table.mean_of = tables::Label{"visits", "consultations"};
  for (crowds::Crowd& crowd : table.cells) {
    crowd.value = crowds::ValueCrowd{crowd.patients, 11, 1000, 100, 90};
  }
  table.cells[0].value->nonzero = 10;
  EXPECT_EQ(primary(table, table.cells.back(), rules()).means,
            (std::vector<bool>{true, false, false}));
}

}  // namespace
}  // namespace parcours::protect
