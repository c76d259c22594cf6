#include "base/day.h"

#include <gtest/gtest.h>

namespace parcours {
namespace {

TEST(Day, CountsFrom1970) {
  EXPECT_EQ(day_of(1970, 1, 1)->number, 0);
  EXPECT_EQ(day_of(2023, 3, 6)->number, 19422);
}

TEST(Day, ADayThatIsNotInTheCalendarIsNone) {
  EXPECT_FALSE(day_of(2023, 2, 29));
  EXPECT_TRUE(day_of(2024, 2, 29));
  EXPECT_FALSE(parse_iso_day("2023-13-01"));
  EXPECT_FALSE(parse_iso_day("2023-3-6"));
}

TEST(Day, ReadsTheFormatItIsGivenAndNothingElse) {
  EXPECT_EQ(parse_day("06/03/2023", "%d/%m/%Y"), day_of(2023, 3, 6));
  EXPECT_EQ(parse_day("6.3.68", "%d.%m.%y"), day_of(2068, 3, 6));
  EXPECT_EQ(parse_day("6.3.69", "%d.%m.%y"), day_of(1969, 3, 6));
  EXPECT_FALSE(parse_day("2023-03-06x", "%Y-%m-%d"));
  EXPECT_FALSE(parse_day("", "%Y-%m-%d"));
}

TEST(Day, IsWrittenByItsCalendar) {
  EXPECT_EQ(to_string(*day_of(2023, 3, 6), Calendar::dates), "2023-03-06");
  EXPECT_EQ(to_string(Day{-12}, Calendar::days), "day -12");
  EXPECT_EQ(to_string(Day{7}, Calendar::order), "7");
}

TEST(Day, EveryDayOfFourCenturiesGoesThereAndBack) {
  for (Day day = *day_of(1800, 1, 1); day <= *day_of(2200, 1, 1); day = day + 1) {
    ASSERT_EQ(parse_iso_day(to_string(day, Calendar::dates)), day);
  }
}

}  // namespace
}  // namespace parcours
