#include "past/place_pairs.h"

#include <gtest/gtest.h>

#include "base/random.h"

namespace parcours::past {
namespace {

PlacePair some_pair(Random& random) {
  PlacePair pair{.in_past = random.below(4) != 0, .in_now = random.below(4) != 0};
  if (pair.in_past && random.below(5) != 0) {
    pair.past = random.below(3);
  }
  if (pair.in_now && random.below(5) != 0) {
    pair.now = random.below(4);
  }
  return pair;
}

TEST(PlacePairs, HaveOneNumberEachInTablesOfAnySize) {
  PlacePairNumbers few(3, 4);
  PlacePairNumbers many(std::uint64_t{1} << 31, std::uint64_t{1} << 31);
  Random random(1);
  for (int i = 0; i < 1000; ++i) {
    const PlacePair pair = some_pair(random);
    const std::uint32_t number = few.number(pair);
    ASSERT_EQ(number, many.number(pair));
    ASSERT_EQ(few.pairs()[number], pair);
  }
  EXPECT_EQ(few.pairs(), many.pairs());
  EXPECT_EQ(few.pairs().size(), (3 + 2) * (4 + 2))
      << "not counted, and not in the roll, are two more";
}

}  // namespace
}  // namespace parcours::past
