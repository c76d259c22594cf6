#include "base/toml_depth.h"

#include <gtest/gtest.h>

namespace parcours {
namespace {

TEST(TomlDepth, AKeyOfAHundredThousandPartsIsRefusedWithItsLine) {
  std::string key = "a";
  for (int i = 0; i < 100'000; ++i) {
    key += ".a";
  }
  for (const std::string& text : {"x = 1\n[" + key + "]\n", "x = 1\n" + key + " = 2\n"}) {
    const Status status = check_toml_depth(text, "study.toml");
    ASSERT_FALSE(status);
    EXPECT_EQ(status.error().sentence(),
              "study.toml:2: a key has too many parts; a key has at most 100 dots");
  }
}

TEST(TomlDepth, NumbersTextsAndUsualKeysAreFine) {
  std::string numbers = "bands = [";
  for (int i = 0; i < 1000; ++i) {
    numbers += "1.5, ";
  }
  EXPECT_TRUE(check_toml_depth(numbers + "]\n", "a"));
  EXPECT_TRUE(check_toml_depth("t = \"" + std::string(500, '.') + "\"\n", "a"));
  EXPECT_TRUE(check_toml_depth("[a.b.c]\nd.e = 'x.y'\n", "a"));
}

}  // namespace
}  // namespace parcours
