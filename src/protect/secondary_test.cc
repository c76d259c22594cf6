#include "protect/secondary.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "audit/elimination.h"

namespace parcours {
namespace {

// A table of n dimensions and everything that can be asked of it.
Sums sums_of(std::vector<std::size_t> categories) {
  Table table;
  for (const std::size_t count : categories) {
    table.dimensions.push_back({"d", {}, std::vector<Category>(count), true});
  }
  const std::size_t cells = table.cell_count();
  return {relations_of(table), std::vector<bool>(cells), std::vector<bool>(cells),
          std::vector<std::uint64_t>(cells, 1)};
}

Sums any_sums() {
  Sums sums = sums_of(*rc::gen::elementOf(std::vector<std::vector<std::size_t>>{
      {4}, {3, 3}, {4, 5}, {2, 2, 2}, {3, 2, 4}, {2, 2, 2, 2}}));
  const auto rare = *rc::gen::inRange(2, 12);
  for (std::size_t s = 0; s + 1 < sums.unsafe.size(); ++s) {
    sums.unsafe[s] = *rc::gen::inRange(0, rare) == 0;
    sums.costs[s] = *rc::gen::inRange<std::uint64_t>(1, 100);
  }
  sums.fixed.back() = *rc::gen::arbitrary<bool>();  // the grand total
  return sums;
}

RC_GTEST_PROP(Secondary, G1LeavesNoHiddenSumDetermined, ()) {
  const Sums sums = any_sums();
  const std::vector<bool> hidden = hide(sums).value();
  RC_ASSERT(eliminate(sums.relations, hidden).determined.empty());
  for (std::size_t s = 0; s < hidden.size(); ++s) {
    RC_ASSERT(hidden[s] || !sums.unsafe[s]);
    RC_ASSERT(!hidden[s] || !sums.fixed[s]);
  }
}

RC_GTEST_PROP(Secondary, G2HidesNothingThatCouldBePublishedByItself, ()) {
  const Sums sums = any_sums();
  std::vector<bool> hidden = hide(sums).value();
  for (std::size_t s = 0; s < hidden.size(); ++s) {
    if (!hidden[s] || sums.unsafe[s]) {
      continue;
    }
    hidden[s] = false;
    bool gives_away = false;
    for (const std::uint32_t sum : eliminate(sums.relations, hidden).determined) {
      gives_away = gives_away || sums.unsafe[sum];
    }
    RC_ASSERT(gives_away);
    hidden[s] = true;
  }
}

TEST(Secondary, HidesNothingWhereNothingIsUnsafe) {
  EXPECT_EQ(hide(sums_of({3, 3})).value(), std::vector<bool>(16));
}

TEST(Secondary, HidesTheCheaperOfTwo) {
  Sums sums = sums_of({3});
  sums.unsafe[0] = true;
  sums.costs = {1, 9, 5, 100};
  EXPECT_EQ(hide(sums).value(), (std::vector<bool>{true, false, true, false}));
}

TEST(Secondary, RefusesASumThatIsUnsafeAndPublishedAnyway) {
  Sums sums = sums_of({3});
  sums.unsafe[3] = sums.fixed[3] = true;
  EXPECT_EQ(hide(sums).error().fault, Fault::rule);
}

TEST(Secondary, RefusesAnUnsafeSumThatTheFixedOnesGiveAway) {
  Sums sums = sums_of({2});
  sums.unsafe[0] = sums.fixed[1] = sums.fixed[2] = true;
  EXPECT_EQ(hide(sums).error().fault, Fault::rule);
}

}  // namespace
}  // namespace parcours
