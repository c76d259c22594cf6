#include "sums/row_basis.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace parcours::sums {
namespace {

// Cells 0 to 3 in a square, with the totals of its rows, its columns and of all.
TEST(RowBasis, LeavesOutTheLongestOfTheSumsThatFollowFromOthers) {
  System system{{{{{0, 1}, {1, 1}, {4, -1}}},
                 {{{2, 1}, {3, 1}, {5, -1}}},
                 {{{0, 1}, {2, 1}, {6, -1}}},
                 {{{1, 1}, {3, 1}, {7, -1}}},
                 {{{0, 1}, {1, 1}, {2, 1}, {3, 1}, {8, -1}}}},
                {{0, no_limit}, {0, no_limit}, {0, no_limit}, {0, no_limit}}};
  for (const std::int64_t total : {3, 7, 4, 6, 10}) {
    system.ranges.push_back({total, total});
  }
  const Equations equations = Equations::of(system).value();
  ASSERT_EQ(equations.rows(), 5u);
  const std::vector<bool> kept = row_basis(equations);
  EXPECT_EQ(std::ranges::count(kept, true), 3);
  for (std::uint32_t r = 0; r < equations.rows(); ++r) {
    EXPECT_FALSE(kept[r] && equations.row(r).size() == 4);
  }
}

}  // namespace
}  // namespace parcours::sums
