#include "base/share.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cstdio>

namespace parcours {
namespace {

TEST(Share, OfEverybodyHasNoInterval) {
  const Share share = Share::exact(3, 4);
  EXPECT_EQ(share.value(), 0.75);
  EXPECT_EQ(share.low, 0.75);
  EXPECT_EQ(share.high, 0.75);
  EXPECT_EQ(text_of(share), "75.00 %");
}

TEST(Share, OfThoseDrawnHasWilsonsInterval) {
  EXPECT_EQ(text_of(Share::drawn(300, 400)), "75.00 % (70.53 to 78.99)");
  EXPECT_GT(Share::drawn(0, 100).high, 0.03);  // nobody of a hundred is not nobody
  EXPECT_LT(Share::drawn(100, 100).low, 0.97);
  EXPECT_NEAR(Share::drawn(0, 100).low, 0, 1e-12);
}

TEST(Share, OfMoreDrawsForEachHasANarrowerInterval) {
  EXPECT_LT(Share::drawn(30, 40, 4000).high, Share::drawn(30, 40).high);
  EXPECT_EQ(Share::drawn(30, 40, 4000).value(), 0.75);
}

TEST(Share, AmongMoreKeepsItsPeopleAndItsInterval) {
  const Share share = Share::drawn(300, 400);
  EXPECT_EQ(share.among(800).some, 300);
  EXPECT_EQ(share.among(800).value(), 0.375);
  EXPECT_EQ(share.among(800).high, share.high / 2);
}

TEST(Share, OfNobodyIsADashAndSaysNothing) {
  EXPECT_EQ(text_of(Share::exact(0, 0)), "-");
  EXPECT_EQ(text_of(Share::drawn(0, 0)), "-");
  EXPECT_EQ(Share::drawn(0, 0).low, 0);
  EXPECT_EQ(Share::drawn(0, 0).high, 1);
}

TEST(Share, WhatIsNotQuiteAllOrNothingIsNotShownAsIfItWere) {
  EXPECT_EQ(percent_text(0.000001), "0.00010 %");
  EXPECT_EQ(percent_text(0.0000076), "0.00076 %");
  EXPECT_EQ(percent_text(0.999999), "99.99990 %");
  EXPECT_EQ(percent_text(0.0005), "0.05 %");
  EXPECT_EQ(percent_text(0), "0.00 %");
  EXPECT_EQ(percent_text(1), "100.00 %");
}

TEST(Share, TheValueLiesInItsIntervalAsItIsWritten) {
  const auto written = [](const Share& share) {
    double value = 0;
    double low = 0;
    double high = 0;
    EXPECT_EQ(std::sscanf(text_of(share).c_str(), "%lf %% (%lf to %lf)", &value, &low, &high), 3);
    return low <= value && value <= high && (share.some == 0) == (value == 0) &&
           (share.some == share.of) == (value == 100);
  };
  for (const double of : {2.0, 400.0, 50'000.0, 4e6, 3e9}) {
    for (const double some : {0.0, 1.0, of / 2, of - 1, of}) {
      EXPECT_TRUE(written(Share::drawn(some, of))) << text_of(Share::drawn(some, of));
    }
  }
  EXPECT_EQ(text_of(Share::drawn(3, 400).among(400'000)), "0.00075 % (0.00026 to 0.00218)");
}

RC_GTEST_PROP(Share, G1TheValueLiesInItsInterval, ()) {
  const auto of = *rc::gen::inRange(1, 1000);
  const auto some = *rc::gen::inRange(0, of + 1);
  for (const Share& share : {Share::exact(some, of), Share::drawn(some, of)}) {
    RC_ASSERT(share.low >= 0 && share.low <= share.value() + 1e-12);
    RC_ASSERT(share.high <= 1 && share.high >= share.value() - 1e-12);
  }
}

}  // namespace
}  // namespace parcours
