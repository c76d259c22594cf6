#include "vocabulary/national_number.h"

#include <gtest/gtest.h>

namespace parcours::vocabulary {
namespace {

TEST(NationalNumber, IsOneWithItsKeyAndWithoutIt) {
  EXPECT_EQ(national_number("255081416802538", false), "2550814168025");
  EXPECT_EQ(national_number("2550814168025", false), "2550814168025");
  EXPECT_EQ(national_number("2 55 08 14 168 025 38", false), "2550814168025");
  EXPECT_EQ(national_number("180032a00100193", false), "180032A001001");
  EXPECT_EQ(national_number("180032B00100123", false), "180032B001001");
  EXPECT_EQ(national_number("255081416802537", false), "");
  EXPECT_EQ(national_number("255081416802537", true), "2550814168025");
  EXPECT_EQ(national_number("2550814168025AB", true), "");
  for (const char* none : {"", "INCONNU", "0000000000000", "999999999999999", "25508141680253",
                           "2550814B68025", "2550014168025"}) {
    EXPECT_EQ(national_number(none, true), "") << none;
  }
}

}  // namespace
}  // namespace parcours::vocabulary
