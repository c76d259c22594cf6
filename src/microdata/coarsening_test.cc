#include "microdata/coarsening.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace parcours::microdata {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using Kind = Coarsening::Kind;

Dictionary of(const std::vector<std::string>& texts) {
  Dictionary dictionary;
  for (const std::string& text : texts) {
    dictionary.add(text);
  }
  return dictionary;
}

TEST(CoarseningTest, BandsHoldTheNumbersBetweenTheirBounds) {
  const Dictionary ages = of({"71", "38", "", "39", "-1", "79.9"});
  const CoarseCodes bands = coarsen(ages, {.kind = Kind::bands, .width = 10});
  EXPECT_THAT(bands.of, ElementsAre(0, 1, 2, 1, 3, 0));
  EXPECT_EQ(bands.values, 4u);
}

TEST(CoarseningTest, PrefixesMonthsAndYearsKeepTheFrontOfTheText) {
  EXPECT_THAT(
      coarsen(of({"J45.0", "J45.9", "J46", "E10"}), {.kind = Kind::prefix, .letters = 3}).of,
      ElementsAre(0, 0, 1, 2));
  const Dictionary days = of({"2023-03-06", "2023-03-31T10:00", "2023-04-01", "2024-03-06", ""});
  EXPECT_THAT(coarsen(days, {.kind = Kind::months}).of, ElementsAre(0, 0, 1, 2, 3));
  EXPECT_THAT(coarsen(days, {.kind = Kind::years}).of, ElementsAre(0, 0, 0, 1, 2));
}

TEST(CoarseningTest, NumbersGetBandsOfRoundWidths) {
  std::vector<std::string> ages;
  for (int age = 0; age <= 90; ++age) {
    ages.push_back(std::to_string(age));
  }
  EXPECT_THAT(coarsenings_for(of(ages), false),
              ElementsAre(Coarsening{Kind::bands, 5, 0}, Coarsening{Kind::bands, 10, 0},
                          Coarsening{Kind::bands, 20, 0}));
}

TEST(CoarseningTest, CodesGetPrefixesAndDatesGetMonths) {
  EXPECT_THAT(coarsenings_for(of({"J45.0", "J45.9", "J46", "E10"}), false),
              ElementsAre(Coarsening{Kind::prefix, 0, 3}, Coarsening{Kind::prefix, 0, 1}));
  EXPECT_THAT(coarsenings_for(of({"2023-03-06", "2023-03-07", "2024-04-06"}), false),
              ElementsAre(Coarsening{Kind::months, 0, 0}, Coarsening{Kind::years, 0, 0}));
}

TEST(CoarseningTest, WordsAndWhatCannotGetCoarserGetNothing) {
  EXPECT_THAT(coarsenings_for(of({"Male", "Female", ""}), false), IsEmpty());
  EXPECT_THAT(coarsenings_for(of({""}), false), IsEmpty());
  EXPECT_THAT(coarsenings_for(of({"5"}), false), IsEmpty());
  // Years are banded and not cut; places, whose numbers only name them, are cut and not banded.
  for (const Coarsening& one : coarsenings_for(of({"1950", "1951", "1988", "2003"}), false)) {
    EXPECT_EQ(one.kind, Kind::bands);
  }
  EXPECT_THAT(coarsenings_for(of({"1011", "1012", "2011", "2012"}), true),
              ElementsAre(Coarsening{Kind::prefix, 0, 1}));
  EXPECT_THAT(coarsenings_for(of({"11", "84", "93", "94"}), true), IsEmpty());
  EXPECT_THAT(coarsenings_for(of({"[0-10)", "[10-20)"}), false), IsEmpty());
}

}  // namespace
}  // namespace parcours::microdata
