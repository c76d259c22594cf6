#include "audit/decimal.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace parcours::audit {
namespace {

TEST(Decimal, IsReadAsItIsPrinted) {
  EXPECT_EQ(parse_decimal("1234", '.'), (Decimal{1234, 0}));
  EXPECT_EQ(parse_decimal("-0.50", '.'), (Decimal{-50, 2}));
  EXPECT_EQ(parse_decimal("12,5", ','), (Decimal{125, 1}));
  EXPECT_EQ(parse_decimal("1,234,567.8", '.'), (Decimal{12345678, 1}));
  EXPECT_EQ(parse_decimal("1.234,5", ','), (Decimal{12345, 1}));
  EXPECT_EQ(parse_decimal("1 234", '.'), (Decimal{1234, 0}));
  EXPECT_EQ(parse_decimal("12\u202F345", ','), (Decimal{12345, 0}));
}

TEST(Decimal, ThatIsNoneIsNotGuessedAt) {
  for (const char* text : {"", "-", ".", "1.", ".5", "1,5", "1,23,456", "12345,678", "1 23", "<11",
                           "1e3", "1234567890123456", "5 ", "0x5", "--5", "1..5"}) {
    EXPECT_FALSE(parse_decimal(text, '.')) << text;
  }
}

TEST(Decimal, IsWrittenWithItsMarkAndGroups) {
  EXPECT_EQ(decimal_text(1234567, 2), "12,345.67");
  EXPECT_EQ(decimal_text(-5, 2), "-0.05");
  EXPECT_EQ(decimal_text(0, 0), "0");
}

RC_GTEST_PROP(Decimal, ComesBackFromItsText, ()) {
  const auto digits = *rc::gen::inRange<std::int64_t>(-999'999'999'999'999, 999'999'999'999'999);
  const int decimals = *rc::gen::inRange(0, 6);
  RC_ASSERT(parse_decimal(decimal_text(digits, decimals), '.') == (Decimal{digits, decimals}));
}

}  // namespace
}  // namespace parcours::audit
