#include "exercise/age_text.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace parcours::exercise {
namespace {

// The ages from 0 to 120 that a text may mean, as their first and last.
std::pair<int, int> ages(const char* text) {
  std::pair<int, int> range{-1, -1};
  for (int years = 0; years <= 120; ++years) {
    if (age_fits(text, years)) {
      range.first = range.first < 0 ? years : range.first;
      range.second = years;
    }
  }
  return range;
}

using Ages = std::pair<int, int>;

TEST(AgeText, AnAgeIsTheYearsThatAreFull) {
  EXPECT_EQ(ages("12"), (Ages{12, 12}));
  EXPECT_EQ(ages(" 12 years"), (Ages{12, 12}));
  EXPECT_EQ(ages("12.0"), (Ages{12, 12}));
  EXPECT_EQ(ages("12.9"), (Ages{12, 12}));
}

TEST(AgeText, ABandHasBothItsEnds) {
  for (const char* text :
       {"10-14", "10 - 14", "10 to 14", "10to14", "(10-14)", "[10,14]", "10–14", "[10-15)",
        "[10, 15[", "(9,14]", "]9;14]", "10 à 14 ans", "[10.0, 15.0)"}) {
    EXPECT_EQ(ages(text), (Ages{10, 14})) << text;
  }
}

TEST(AgeText, ABandMayBeOpen) {
  for (const char* text : {"<6", "under 6", "under6", "<=5", "moins de 6 ans"}) {
    EXPECT_EQ(ages(text), (Ages{0, 5})) << text;
  }
  for (const char* text :
       {"75+", ">74", ">= 75", "75plus", "75 and over", "75 ans et plus", "≥75"}) {
    EXPECT_EQ(ages(text), (Ages{75, 120})) << text;
  }
}

TEST(AgeText, WhatIsNoAgeFitsNobody) {
  for (const char* text : {"", "child", "-3", "2011-03-06", "J45", "10-", "14-10", "1e3"}) {
    EXPECT_EQ(ages(text), (Ages{-1, -1})) << text;
  }
}

}  // namespace
}  // namespace parcours::exercise
