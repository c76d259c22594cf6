#include "base/huge_pages.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace parcours {
namespace {

TEST(HugePages, HoldWhatAnyMemoryHolds) {
  for (const std::size_t size : {std::size_t{0}, std::size_t{3}, std::size_t{5} << 20}) {
    for (const int threads : {1, 3}) {
      const std::vector<int> sevens = in_huge_pages<int>(size, threads, 7);
      EXPECT_EQ(sevens.size(), size);
      EXPECT_TRUE(std::ranges::all_of(sevens, [](int value) { return value == 7; }));
    }
  }
}

}  // namespace
}  // namespace parcours
