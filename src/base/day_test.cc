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

TEST(Day, APeriodIsItsFirstDay) {
  EXPECT_EQ(parse_day("2023-05", "%Y-%m"), day_of(2023, 5, 1));
  EXPECT_EQ(parse_day("05/2023", "%m/%Y"), day_of(2023, 5, 1));
  EXPECT_EQ(parse_day("2023", "%Y"), day_of(2023, 1, 1));
  EXPECT_EQ(parse_day("2023-W07", "%G-W%V"), day_of(2023, 2, 13));
  EXPECT_EQ(parse_day("2020W53", "%GW%V"), day_of(2020, 12, 28));
  EXPECT_EQ(parse_day("2021-W01", "%G-W%V"), day_of(2021, 1, 4));
  EXPECT_FALSE(parse_day("2021-W53", "%G-W%V"));
  EXPECT_FALSE(parse_day("2021-W00", "%G-W%V"));
  EXPECT_FALSE(parse_day("2023-13", "%Y-%m"));
}

TEST(Day, AMonthIsReadByItsEnglishName) {
  EXPECT_EQ(parse_day("18MAY2022", "%d%b%Y"), day_of(2022, 5, 18));
  EXPECT_EQ(parse_day("1-dec-2022", "%d-%b-%Y"), day_of(2022, 12, 1));
  EXPECT_FALSE(parse_day("18MAI2022", "%d%b%Y"));
  EXPECT_FALSE(parse_day("18ANF2022", "%d%b%Y"));
  EXPECT_FALSE(parse_day("18", "%d%b%Y"));
  EXPECT_EQ(without_time("05JAN2023:10:20:30"), "05JAN2023");
}

TEST(Day, AFormatSaysHowPreciselyDaysAreKnown) {
  EXPECT_EQ(precision_of("%d/%m/%Y"), Precision::days);
  EXPECT_EQ(precision_of("%Y-%m"), Precision::months);
  EXPECT_EQ(precision_of("%m/%Y"), Precision::months);
  EXPECT_EQ(precision_of("%Y"), Precision::years);
  EXPECT_EQ(precision_of("%G-W%V"), Precision::weeks);
  EXPECT_EQ(precision_of("%Y-Q%q"), Precision::quarters);
  EXPECT_EQ(precision_of("%YT%q"), Precision::quarters);
  EXPECT_EQ(precision_of("%q"), std::nullopt);
  for (const char* none : {"", "%m", "%y", "%V", "%G", "%Q", "2023", "%Y-%Y"}) {
    EXPECT_FALSE(precision_of(none)) << none;
  }
}

TEST(Day, APeriodBeginsAndEnds) {
  const Day day = *day_of(2024, 2, 14);
  EXPECT_EQ(first_day(day, Precision::days), day);
  EXPECT_EQ(last_day(day, Precision::days), day);
  EXPECT_EQ(first_day(day, Precision::weeks), day_of(2024, 2, 12));
  EXPECT_EQ(last_day(day, Precision::weeks), day_of(2024, 2, 18));
  EXPECT_EQ(last_day(day, Precision::months), day_of(2024, 2, 29));
  EXPECT_EQ(last_day(*day_of(2023, 12, 31), Precision::months), day_of(2023, 12, 31));
  EXPECT_EQ(first_day(day, Precision::quarters), day_of(2024, 1, 1));
  EXPECT_EQ(last_day(day, Precision::quarters), day_of(2024, 3, 31));
  EXPECT_EQ(last_day(*day_of(2023, 12, 31), Precision::quarters), day_of(2023, 12, 31));
  EXPECT_EQ(first_day(day, Precision::years), day_of(2024, 1, 1));
  EXPECT_EQ(last_day(day, Precision::years), day_of(2024, 12, 31));
  EXPECT_EQ(first_day(*day_of(1969, 12, 31), Precision::weeks), day_of(1969, 12, 29));
}

TEST(Day, ATimeInTheFormatIsPassedOver) {
  EXPECT_EQ(parse_day("18/05/2022 20:43", "%d/%m/%Y %H:%M"), day_of(2022, 5, 18));
  EXPECT_EQ(parse_day("18/05/2022 8:43:10", "%d/%m/%Y %H:%M:%S"), day_of(2022, 5, 18));
  EXPECT_FALSE(parse_day("18/05/2022", "%d/%m/%Y %H:%M"));
  EXPECT_FALSE(parse_day("18/05/2022 20:43", "%d/%m/%Y"));
}

TEST(Day, ATimeAfterIt) {
  for (const char* time : {"", " 20:43", " 20:43:10", "T20:43:10.5Z", " 8:43 PM", " 08:43:10+02"}) {
    EXPECT_EQ(without_time(std::string("18/05/2022") + time), "18/05/2022") << time;
  }
  for (const char* none : {"6 3 2023", "18/05/2022 evening", "18/05/2022 ", "", "18 PM"}) {
    EXPECT_EQ(without_time(none), none);
  }
}

TEST(Day, AFormatHasAYearAMonthAndADay) {
  for (const char* good : {"%d/%m/%Y", "%Y%m%d", "%d.%m.%y", "%d/%m/%Y %H:%M:%S", "le %d.%m.%Y"}) {
    EXPECT_TRUE(is_day_format(good)) << good;
  }
  for (const char* bad : {"", "%Q", "%d/%m", "%d/%m/%Y %", "%d/%m/%Y %Y", "%d/%B/%Y", "%Y%y%m%d"}) {
    EXPECT_FALSE(is_day_format(bad)) << bad;
  }
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
