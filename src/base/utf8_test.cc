#include "base/utf8.h"

#include <gtest/gtest.h>

namespace parcours {
namespace {

TEST(Utf8, WhatIsNoCharacterIsShownAsOneAndTheRestAsItIs) {
  EXPECT_EQ(as_utf8("plain"), "plain");
  EXPECT_EQ(as_utf8("\u00e9t\u00e9"), "\u00e9t\u00e9");
  EXPECT_EQ(as_utf8("a\xff\xfe.csv"), "a\uFFFD\uFFFD.csv");
  EXPECT_EQ(as_utf8("\xe9t\xe9"), "\uFFFDt\uFFFD");  // Latin-1
  EXPECT_EQ(as_utf8("cut \xe2\x82"), "cut \uFFFD\uFFFD");
  EXPECT_TRUE(valid_utf8(as_utf8("\xed\xa0\x80\xc0\x80\xf5")));
}

}  // namespace
}  // namespace parcours
