#include "base/printable.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>

#include "base/utf8.h"

namespace parcours {
namespace {

TEST(Printable, ShowsWhatATerminalWouldObey) {
  EXPECT_EQ(printable("a\x1b[2Jb"), R"(a\x1b[2Jb)");
  EXPECT_EQ(printable("a\tb\r\n"), R"(a\tb\r\n)");
  EXPECT_EQ(printable(std::string_view("\0\x7f", 2)), R"(\x00\x7f)");
  EXPECT_EQ(printable("\xC2\x9B"
                      "2J"),
            R"(\u{9b}2J)");
  EXPECT_EQ(printable("\xE2\x80\xAE"
                      "gpj.exe"),
            R"(\u{202e}gpj.exe)");
  EXPECT_EQ(printable("\xE2\x81\xA6x\xE2\x81\xA9"), R"(\u{2066}x\u{2069})");
}

TEST(Printable, ShowsBytesThatAreNoUtf8) {
  EXPECT_EQ(printable("caf\xE9.csv"), R"(caf\xe9.csv)");
  EXPECT_EQ(printable("\xED\xA0\x80"), R"(\xed\xa0\x80)");
}

TEST(Printable, LeavesWordsOfAnyScriptAsTheyAre) {
  const std::string words = "Âge, âge, 年齢, العمر, 👩‍⚕️, a\\b, [6;12)";
  EXPECT_EQ(printable(words), words);
}

TEST(Printable, KeepsTheLineFeedsOfLines) {
  EXPECT_EQ(printable_lines("a\nb\x1b\n"), "a\nb\\x1b\n");
}

TEST(Printable, KeepsJsonTheSameJson) {
  EXPECT_EQ(printable_json("{\n  \"a\": \"\x7F\xC2\x9B\xE2\x80\xAE\"\n}"),
            "{\n  \"a\": \"\\u007f\\u009b\\u202e\"\n}");
}

RC_GTEST_PROP(Printable, G1NothingThatIsObeyedComesOut, ()) {
  const auto text = *rc::gen::container<std::string>(
      rc::gen::oneOf(rc::gen::arbitrary<char>(),
                     rc::gen::elementOf(std::string("\xE2\x80\x81\xAA\xAE\xA6\n\x1b"))));
  for (const std::string& shown : {printable(text), printable_lines(text)}) {
    RC_ASSERT(valid_utf8(shown));
    RC_ASSERT(std::ranges::none_of(shown, [](char c) {
      return (static_cast<unsigned char>(c) < 0x20 && c != '\n') || c == '\x7F';
    }));
    for (const char* order :
         {"\xC2\x80", "\xC2\x9F", "\xE2\x80\xAA", "\xE2\x80\xAE", "\xE2\x81\xA6"}) {
      RC_ASSERT(shown.find(order) == std::string::npos);
    }
  }
  RC_ASSERT(printable(text).find('\n') == std::string::npos);
  RC_ASSERT(printable(printable(text)) == printable(text));
}

}  // namespace
}  // namespace parcours
