#include "base/random.h"

#include <gtest/gtest.h>

#include <array>

namespace parcours {
namespace {

TEST(Random, TheSameSeedAndStreamGiveTheSameNumbers) {
  Random a(7, 1);
  Random b(7, 1);
  Random c(7, 2);
  bool differs = false;
  for (int i = 0; i < 100; ++i) {
    const auto number = a();
    EXPECT_EQ(number, b());
    differs = differs || number != c();
  }
  EXPECT_TRUE(differs);
}

TEST(Random, BelowStaysBelowAndReachesEveryNumber) {
  Random random(1);
  std::array<int, 6> seen{};
  for (int i = 0; i < 60000; ++i) {
    ++seen.at(random.below(6));
  }
  for (const int count : seen) {
    EXPECT_NEAR(count, 10000, 500);
  }
}

TEST(Random, UnitHasMeanOneHalf) {
  Random random(2);
  double sum = 0;
  for (int i = 0; i < 100000; ++i) {
    const double u = random.unit();
    ASSERT_GE(u, 0);
    ASSERT_LT(u, 1);
    sum += u;
  }
  EXPECT_NEAR(sum / 100000, 0.5, 0.01);
}

}  // namespace
}  // namespace parcours
