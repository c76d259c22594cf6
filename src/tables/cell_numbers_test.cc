#include "tables/cell_numbers.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <map>
#include <set>

namespace parcours::tables {
namespace {

TEST(CellNumbers, AreOneForTheSameCoordinates) {
  CellNumbers numbers;
  EXPECT_EQ(numbers.number(std::vector<std::uint32_t>{3, 7}), 0u);
  EXPECT_EQ(numbers.number(std::vector<std::uint32_t>{3}), 1u);
  EXPECT_EQ(numbers.number(std::vector<std::uint32_t>{}), 2u);
  EXPECT_EQ(numbers.number(std::vector<std::uint32_t>{3, 7}), 0u);
  EXPECT_EQ(numbers.count(), 3u);
}

// The slow twin: a map of the coordinates themselves.
RC_GTEST_PROP(CellNumbers, AreThoseOfAMapOfCoordinates, ()) {
  CellNumbers numbers;
  std::map<std::set<std::uint32_t>, std::uint32_t> twin;
  for (int cells = *rc::gen::inRange(0, 60); cells > 0; --cells) {
    std::set<std::uint32_t> at;
    for (std::uint32_t coordinate = 0; coordinate < 6; ++coordinate) {
      if (*rc::gen::inRange(0, 3) == 0) {
        at.insert(coordinate);
      }
    }
    const auto next = static_cast<std::uint32_t>(twin.size());
    const std::uint32_t expected = twin.try_emplace(at, next).first->second;
    RC_ASSERT(numbers.number(std::vector<std::uint32_t>(at.begin(), at.end())) == expected);
  }
  RC_ASSERT(numbers.count() == twin.size());
}

}  // namespace
}  // namespace parcours::tables
