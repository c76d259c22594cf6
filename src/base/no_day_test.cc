#include "base/no_day.h"

#include <gtest/gtest.h>

namespace parcours {
namespace {

TEST(StandsForNoDay, KnowsTheUsualDatesInTheUsualForms) {
  for (const char* text : {"0000-00-00", "9999-12-31", " 99999999 ", "01/01/1900", "31.12.9999",
                           "12/31/9999", "0001-01-01", "1900-01-01 00:00:00"}) {
    EXPECT_TRUE(stands_for_no_day(text)) << text;
  }
  for (const char* text :
       {"2024-01-01", "19000102", "999", "9999", "999999999", "", "9999-12-3x"}) {
    EXPECT_FALSE(stands_for_no_day(text)) << text;
  }
}

TEST(StandsForNoDay, KnowsTheirDays) {
  EXPECT_TRUE(stands_for_no_day(*parse_iso_day("1900-01-01")));
  EXPECT_TRUE(stands_for_no_day(*parse_iso_day("9999-12-31")));
  EXPECT_FALSE(stands_for_no_day(*parse_iso_day("1970-01-01")));
}

}  // namespace
}  // namespace parcours
