#include "release/closeness.h"

#include <gtest/gtest.h>

#include "release/testing/example.h"

namespace parcours {
namespace {

Rules asking(std::uint32_t width, bool insiders) {
  Rules rules = example::rules();
  rules.width_min = width;
  rules.cover_insiders = insiders;
  return rules;
}

// One row of these patients with its total, which is the population; `practices` of each.
Counted row(const std::vector<std::uint32_t>& patients, std::uint32_t practices = 5) {
  Counted counted;
  Dimension dimension{"d", {}, std::vector<Category>(patients.size()), true};
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

std::vector<Table> hiding(const Counted& counted, const std::vector<bool>& hidden) {
  std::vector<Table> tables = {example::bare(counted.tables[0])};
  for (std::size_t c = 0; c < hidden.size(); ++c) {
    if (hidden[c]) {
      tables[0].cells[c] = {};
    }
  }
  return tables;
}

TEST(Closeness, SeesThatOneAndOneHiddenAreKnownToBeOne) {
  const Counted counted = row({1, 1, 100});
  const Closeness found =
      closeness(counted, hiding(counted, {true, true, false, false}), asking(11, false)).value();
  EXPECT_EQ(found.asked, 2u);
  EXPECT_EQ(found.narrow, 2u);
}

TEST(Closeness, FindsARangeWideThatALargeNeighbourMakes) {
  const Counted counted = row({1, 100, 100});
  const Closeness found =
      closeness(counted, hiding(counted, {true, true, false, false}), asking(11, false)).value();
  EXPECT_EQ(found.asked, 1u);
  EXPECT_EQ(found.narrow, 0u);
  EXPECT_EQ(found.proved, 1u);
}

TEST(Closeness, SeesThatAPracticeAloneInACellLearnsTheOther) {
  const Counted counted = row({5, 8, 100}, 1);
  const auto two = hiding(counted, {true, true, false, false});
  EXPECT_EQ(closeness(counted, two, asking(0, true))->taught, 1u);
  const auto three = hiding(counted, {true, true, true, false});
  EXPECT_EQ(closeness(counted, three, asking(0, true))->taught, 0u);
}

TEST(Closeness, LooksAtNothingThatTheRulesDoNotAskFor) {
  const Counted counted = row({1, 1, 100});
  const auto tables = hiding(counted, {true, true, false, false});
  EXPECT_EQ(closeness(counted, tables, asking(0, false))->asked, 0u);
}

}  // namespace
}  // namespace parcours
