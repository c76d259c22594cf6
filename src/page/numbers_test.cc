#include "page/numbers.h"

#include <gtest/gtest.h>

namespace parcours::page {
namespace {

TEST(Numbers, ThousandsStandApart) {
  EXPECT_EQ(grouped(0), "0");
  EXPECT_EQ(grouped(999), "999");
  EXPECT_EQ(grouped(1000), "1\u202f000");
  EXPECT_EQ(grouped(12345678), "12\u202f345\u202f678");
}

TEST(Numbers, EachLanguageWritesThousandsItsWay) {
  EXPECT_EQ(thousands(999), (tables::Label{"999", "999"}));
  EXPECT_EQ(thousands(12345678), (tables::Label{"12,345,678", "12\u202f345\u202f678"}));
}

TEST(Numbers, APartIsNeverShownAsAllOrNothingUnlessItIs) {
  EXPECT_EQ(percentage(1).en, "100\u00a0%");
  EXPECT_EQ(percentage(0.99999).en, "99.9990\u00a0%");
  EXPECT_EQ(percentage(0.00001).en, "0.0010\u00a0%");
  EXPECT_EQ(percentage(0.0000076).fr, "0,00076\u00a0%");
  EXPECT_EQ(percentage(0.0031).fr, "0,31\u00a0%");
  EXPECT_EQ(percentage(0.00996).en, "1.0\u00a0%");
  EXPECT_EQ(percentage(0).en, "0\u00a0%");
  EXPECT_EQ(percentage(0.5).fr, "50,0\u00a0%");
  EXPECT_EQ(percentage(0.934).fr, "93,4\u00a0%");
}

TEST(Numbers, ALabelWithoutFrenchIsSaidInEnglish) {
  EXPECT_EQ(in(Language::french, {"word", "mot"}), "mot");
  EXPECT_EQ(in(Language::french, {"word", ""}), "word");
}

}  // namespace
}  // namespace parcours::page
