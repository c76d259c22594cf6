#include "release/closeness.h"

#include <gtest/gtest.h>

#include "release/testing/example.h"

namespace parcours::release {
namespace {

protect::Rules asking(std::uint32_t width, bool insiders) {
  protect::Rules rules = example::rules();
  rules.width_min = width;
  rules.cover_insiders = insiders;
  return rules;
}

// One row of these patients with its total, which is the population; `practices` of each.
crowds::Counted row(const std::vector<std::uint32_t>& patients, std::uint32_t practices = 5) {
  crowds::Counted counted;
  tables::Dimension dimension{"d", {}, std::vector<tables::Category>(patients.size()), true};
  counted.tables = {{"t", {"T", "T"}, {dimension}, {false}, {}, {}}};
  std::uint32_t all = 0;
  std::uint32_t mark = 1;
  std::uint32_t marks = 0;
  for (const std::uint32_t n : patients) {
    counted.tables[0].cells.push_back({n, practices, 1, mark, {}});
    marks += mark;
    mark *= 2;
    all += n;
  }
  counted.tables[0].cells.push_back({all, 9, 1, marks, {}});
  counted.population = {all, 9, 1, marks, {}};
  return counted;
}

std::vector<tables::Table> hiding(const crowds::Counted& counted, const std::vector<bool>& hidden) {
  std::vector<tables::Table> tables = {example::bare(counted.tables[0])};
  for (std::size_t c = 0; c < hidden.size(); ++c) {
    if (hidden[c]) {
      tables[0].cells[c] = {};
    }
  }
  return tables;
}

TEST(Closeness, SeesThatOneAndOneHiddenAreKnownToBeOne) {
  const crowds::Counted counted = row({1, 1, 100});
  const Closeness found =
      closeness(counted, hiding(counted, {true, true, false, false}), asking(11, false)).value();
  EXPECT_EQ(found.asked, 2u);
  EXPECT_EQ(found.narrow, 2u);
  EXPECT_EQ(found.tables, std::vector<std::string>{"t"});
}

TEST(Closeness, FindsARangeWideThatALargeNeighbourMakes) {
  const crowds::Counted counted = row({1, 100, 100});
  const Closeness found =
      closeness(counted, hiding(counted, {true, true, false, false}), asking(11, false)).value();
  EXPECT_EQ(found.asked, 1u);
  EXPECT_EQ(found.narrow, 0u);
  EXPECT_TRUE(found.tables.empty());
  EXPECT_EQ(found.proved, 1u);
}

// Of 1 and 4, 4 numbers fit each; that is enough where releases before left no more.
TEST(Closeness, AsksNoMoreThanReleasesBeforeAreRememberedToLeave) {
  crowds::Counted counted = row({1, 4, 100});
  const std::vector<tables::Table> tables = hiding(counted, {true, true, false, false});
  const auto narrow_if_left = [&](std::int64_t one, std::int64_t other) {
    counted.narrow_before = {{counted.tables[0].cells[0].fingerprint, one},
                             {counted.tables[0].cells[1].fingerprint, other}};
    return closeness(counted, tables, asking(11, false))->narrow;
  };
  EXPECT_EQ(narrow_if_left(4, 4), 2u);
  EXPECT_EQ(narrow_if_left(3, 4), 1u);
  EXPECT_EQ(narrow_if_left(3, 0), 0u);
  EXPECT_EQ(closeness(counted.alone(), tables, asking(11, false))->narrow, 2u)
      << "who has this release alone is left no less";
}

// A release before said 13 of a group. This one tells it apart by 13 ages, each with one patient;
// that none of these cells is empty, and that the other ages are, nobody knew.
TEST(Closeness, SeesThatOnesAndNoughtsReadAnEarlierFigure) {
  std::vector<std::uint32_t> patients(13, 1);
  patients.insert(patients.end(), {0, 0, 100});
  crowds::Counted counted = row(patients);
  std::vector<crowds::Crowd>& cells = counted.tables[0].cells;
  cells[13] = cells[14] = crowds::Crowd{};
  crowds::CrowdOverlap before{.of = {{0, 0}}, .with_past = true, .groups = {{13, 9, 1, 0, {}}}};
  tables::Relation sum{{{0, 1}}};
  for (std::uint32_t c = 0; c < 13; ++c) {
    before.groups.front().fingerprint += cells[c].fingerprint;
    before.groups.push_back(cells[c]);
    sum.terms.push_back({c + 1, -1});
  }
  before.relations = {sum};
  before.known.assign(before.groups.size(), false);
  before.known.front() = true;
  counted.overlaps = {before};
  std::vector<bool> hidden(cells.size(), true);
  hidden[13] = hidden[14] = hidden.back() = false;
  const Closeness found = closeness(counted, hiding(counted, hidden), asking(11, false)).value();
  EXPECT_EQ(found.narrow, 13u);

  // Protection sees it too, and says in which table.
  counted.population_withheld = true;
  const auto made = protect::protect(counted, asking(11, false));
  ASSERT_FALSE(made.has_value());
  EXPECT_EQ(made.error().fault, Fault::rule);
  EXPECT_EQ(made.error().where, "table 't'");
}

// A release before said 13 of two places and hid both, of 11 and 2. This one tells the 11 apart by
// sex, so that none of the two is empty: the 2 were 1 to 12, and are 1 to 11.
TEST(Closeness, SeesThatAFinerTableNarrowsWhatAnEarlierOneHid) {
  crowds::Counted counted = row({7, 4, 100, 2});
  const std::vector<crowds::Crowd>& cells = counted.tables[0].cells;
  const crowds::Crowd eleven{11, 5, 1, cells[0].fingerprint + cells[1].fingerprint, {}};
  const crowds::Crowd thirteen{13, 5, 1, eleven.fingerprint + cells[3].fingerprint, {}};
  crowds::CrowdOverlap before{.of = {{0, 0}},
                              .differences = true,
                              .peopled = true,
                              .with_past = true,
                              .groups = {thirteen, eleven, cells[3]},
                              .relations = {{{{0, 1}, {1, -1}, {2, -1}}}}};
  before.known = {true, false, false};
  const crowds::CrowdOverlap together{.of = {{0, 0}},
                                      .with_past = true,
                                      .groups = {eleven, cells[0], cells[1]},
                                      .relations = {{{{0, 1}, {1, -1}, {2, -1}}}}};
  counted.overlaps = {before, together};
  counted.population_withheld = true;
  const auto all = hiding(counted, {true, true, true, true, true});
  EXPECT_EQ(closeness(counted, all, asking(11, false))->narrow, 3u);
  const auto made = protect::protect(counted, asking(11, false));
  ASSERT_FALSE(made.has_value());
  EXPECT_EQ(made.error().where, "table 't'");

  // If it does not tell the 11 apart, it narrows nothing.
  counted.tables[0].cells[0] = {11, 5, 1, eleven.fingerprint, {}};
  counted.tables[0].cells[1] = {};
  counted.overlaps = {before};
  const auto coarse = protect::protect(counted, asking(11, false));
  ASSERT_TRUE(coarse.has_value()) << coarse.error().sentence();
  EXPECT_EQ(closeness(counted, coarse->tables, asking(11, false))->narrow, 0u);
}

TEST(Closeness, SeesThatAPracticeAloneInACellLearnsTheOther) {
  const crowds::Counted counted = row({5, 8, 100}, 1);
  const auto two = hiding(counted, {true, true, false, false});
  EXPECT_EQ(closeness(counted, two, asking(0, true))->taught, 1u);
  const auto three = hiding(counted, {true, true, true, false});
  EXPECT_EQ(closeness(counted, three, asking(0, true))->taught, 0u);
}

// 234 less 100, 120, 3 and 4 are 7.
TEST(Closeness, SeesThatAPracticeAloneInTwoCellsLearnsAThird) {
  crowds::Counted counted = row({100, 120, 3, 4, 7});
  for (const std::size_t cell : {2, 3}) {
    counted.tables[0].cells[cell].practices = 1;
    counted.tables[0].cells[cell].only_practice = 9;
  }
  const protect::Rules rules = asking(0, true);
  const auto three = hiding(counted, {false, false, true, true, true, false});
  EXPECT_EQ(closeness(counted, three, rules)->taught, 1u);
  const auto four = hiding(counted, {true, false, true, true, true, false});
  EXPECT_EQ(closeness(counted, four, rules)->taught, 0u);

  // What protection makes passes, and what it makes where the two are of two practices does not.
  EXPECT_EQ(closeness(counted, protect::protect(counted, rules)->tables, rules)->taught, 0u);
  crowds::Counted apart = counted;
  apart.tables[0].cells[3].only_practice = 8;
  EXPECT_EQ(closeness(counted, protect::protect(apart, rules)->tables, rules)->taught, 1u);
}

// A release before said 11 of a group, and one of the 11 stands in this release: they learn of the
// ten others, whatever this release shows. If this one says the 11, it tells them.
TEST(Closeness, BlamesNoReleaseForWhatOneLearnsWithoutIt) {
  crowds::Counted counted = row({11, 120, 50});
  crowds::CrowdOverlap groups{
      .of = {{0, 0}},
      .groups = {counted.tables[0].cells[0], {1, 1, 1, 900, {}}, {10, 4, 3, 901, {}}},
      .relations = {{{{0, 1}, {1, -1}, {2, -1}}}}};
  groups.known = {false, false, false};
  counted.overlaps = {groups};
  const protect::Rules rules = asking(0, true);
  const auto all = hiding(counted, {false, false, false, false});
  EXPECT_EQ(closeness(counted, all, rules)->taught, 1u);
  counted.overlaps[0].known[0] = true;
  EXPECT_EQ(closeness(counted, all, rules)->taught, 0u);
}

// A practice that has all patients of two groups has all of the two together.
TEST(Closeness, LetsAPracticeAddUpWhatItKnows) {
  crowds::Counted counted = row({100, 120});
  crowds::CrowdOverlap groups{
      .of = {{0, 0}},
      .groups = {{8, 1, 8, 900, {}}, {4, 1, 4, 901, {}}, {4, 1, 4, 902, {}}},
      .relations = {{{{0, 1}, {1, -1}, {2, -1}}}}};
  groups.groups[1].only_practice = groups.groups[2].only_practice = 9;
  counted.overlaps = {groups};
  EXPECT_EQ(closeness(counted, hiding(counted, {false, false, false}), asking(0, true))->taught,
            0u);
}

// Of 5 patients, all its own, 4 are in one category and nobody is in two others: the practice knows
// that the fifth is its own too, though of one patient alone no practice is noted.
TEST(Closeness, LetsAPracticeAddUpWhatItKnowsBesideEmptyCells) {
  crowds::Counted counted = row({100, 120, 4, 1, 0, 0, 5});
  std::vector<crowds::Crowd>& cells = counted.tables[0].cells;
  constexpr std::uint32_t all_five = 6;
  constexpr std::uint32_t total = 7;
  counted.tables[0].dimensions[0].parents = {total,    total,    all_five, all_five,
                                             all_five, all_five, total};
  cells[4] = cells[5] = crowds::Crowd{};
  cells[all_five].fingerprint = cells[2].fingerprint + cells[3].fingerprint;
  cells[total].patients = counted.population.patients = 225;
  cells[total].fingerprint = counted.population.fingerprint =
      cells[0].fingerprint + cells[1].fingerprint + cells[all_five].fingerprint;
  for (const std::uint32_t cell : {2u, 3u, all_five}) {
    cells[cell].practices = 1;
    cells[cell].only_practice = cells[cell].patients == 1 ? 0 : 9;
  }
  const protect::Rules rules = asking(0, true);
  const auto hidden = hiding(counted, {true, true, true, true, false, false, true, false});
  EXPECT_EQ(closeness(counted, hidden, rules)->taught, 0u);
  EXPECT_EQ(closeness(counted, protect::protect(counted, rules)->tables, rules)->taught, 0u);

  // Where a release before said the 5 of two practices, the one of the 4 learns of the other's: it
  // is this release that says that nobody is in the two other categories.
  cells[all_five].practices = 2;
  cells[all_five].only_practice = 0;
  counted.overlaps = {
      {.of = {{0, 0}}, .with_past = true, .groups = {cells[all_five]}, .relations = {}}};
  counted.overlaps[0].known = {true};
  EXPECT_EQ(closeness(counted, hidden, rules)->taught, 1u);
}

// The practice of the 3 knows the 4 as well, and learns nothing by it; the one patient does.
TEST(Closeness, LetsAPracticeKnowItsOwnCells) {
  crowds::Counted counted = row({100, 120, 3, 4});
  for (const std::size_t cell : {2, 3}) {
    counted.tables[0].cells[cell].practices = 1;
    counted.tables[0].cells[cell].only_practice = 9;
  }
  const auto two = hiding(counted, {false, false, true, true, false});
  EXPECT_EQ(closeness(counted, two, asking(0, true))->taught, 0u);
  crowds::Counted one = row({100, 120, 1, 4});
  one.tables[0].cells[3].practices = one.tables[0].cells[2].practices = 1;
  one.tables[0].cells[3].only_practice = one.tables[0].cells[2].only_practice = 9;
  const auto both = hiding(one, {false, false, true, true, false});
  EXPECT_EQ(closeness(one, both, asking(0, true))->taught, 1u);
}

TEST(Closeness, LooksAtNothingThatTheRulesDoNotAskFor) {
  const crowds::Counted counted = row({1, 1, 100});
  const auto tables = hiding(counted, {true, true, false, false});
  EXPECT_EQ(closeness(counted, tables, asking(0, false))->asked, 0u);
}

}  // namespace
}  // namespace parcours::release
