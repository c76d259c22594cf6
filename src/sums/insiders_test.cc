#include "sums/insiders.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>

#include "sums/elimination.h"

namespace parcours::sums {
namespace {

Insiders found(const System& system) {
  Progress progress(Progress::Manner::none);
  const Stop stop;
  return insiders_of(system, std::vector<bool>(system.ranges.size(), true), progress, stop).value();
}

TEST(Insiders, OfTwoHiddenCellsInARowEachKnowsTheOther) {
  const Insiders two = found({{{{{2, 1}, {0, -1}, {1, -1}}}}, {{}, {}, {9, 9}}});
  EXPECT_EQ(two.groups, (std::vector<std::vector<std::uint32_t>>{{0, 1}}));
  EXPECT_TRUE(two.pairs.empty());
}

TEST(Insiders, OfThreeAnyTwoKnowTheThird) {
  const Insiders three = found({{{{{3, 1}, {0, -1}, {1, -1}, {2, -1}}}}, {{}, {}, {}, {9, 9}}});
  EXPECT_TRUE(three.groups.empty());
  ASSERT_EQ(three.pairs.size(), 3u);
  EXPECT_EQ(three.pairs[0].cell, 0u);
}

TEST(Insiders, OfFourNobodyKnowsAnything) {
  const Insiders four =
      found({{{{{4, 1}, {0, -1}, {1, -1}, {2, -1}, {3, -1}}}}, {{}, {}, {}, {}, {9, 9}}});
  EXPECT_TRUE(four.groups.empty());
  EXPECT_TRUE(four.pairs.empty());
}

// The slow twin: show the cell, or the two, and eliminate again.
RC_GTEST_PROP(Insiders, KnowWhatEliminationSaysWhenTheirCellsAreShown, ()) {
  tables::Table table{"t", {}, {}, {}, {}};
  for (const std::size_t places : {2, 3}) {
    table.dimensions.push_back({"d", {}, std::vector<tables::Category>(places), true, {}});
  }
  System system{tables::relations_of(table), std::vector<Range>(table.cell_count())};
  std::vector<bool> hidden(table.cell_count());
  for (std::size_t c = 0; c < hidden.size(); ++c) {
    hidden[c] = *rc::gen::inRange(0, 5) < 3;
    system.ranges[c] = hidden[c] ? Range{} : Range{1, 1};
  }
  const auto knows = [&](const std::vector<std::uint32_t>& shown, std::uint32_t cell) {
    std::vector<bool> then = hidden;
    for (const std::uint32_t c : shown) {
      then[c] = false;
    }
    const auto determined = eliminate(system.relations, then).determined;
    return std::ranges::find(determined, cell) != determined.end();
  };
  const Insiders inside = found(system);
  const auto together = [&](std::uint32_t a, std::uint32_t b) {
    return std::ranges::any_of(inside.groups, [&](const auto& group) {
      return std::ranges::find(group, a) != group.end() &&
             std::ranges::find(group, b) != group.end();
    });
  };
  for (std::uint32_t a = 0; a < hidden.size(); ++a) {
    bool by_two = false;
    bool by_one = false;
    for (std::uint32_t b = 0; b < hidden.size(); ++b) {
      if (!hidden[a] || !hidden[b] || a == b || knows({}, a) || knows({}, b)) {
        continue;
      }
      RC_ASSERT(together(a, b) == knows({b}, a));
      by_one = by_one || knows({b}, a);
      for (std::uint32_t c = 0; c < b; ++c) {
        by_two = by_two || (hidden[c] && c != a && !knows({}, c) && !knows({b}, a) &&
                            !knows({c}, a) && knows({b, c}, a));
      }
    }
    const auto pair = std::ranges::find(inside.pairs, a, &Insiders::Pair::cell);
    if (!by_one) {
      RC_ASSERT((pair != inside.pairs.end()) == by_two);
    }
    if (pair != inside.pairs.end()) {
      RC_ASSERT(knows({pair->one, pair->other}, a));
    }
  }
}

}  // namespace
}  // namespace parcours::sums
