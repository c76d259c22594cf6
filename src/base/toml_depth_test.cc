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
    EXPECT_EQ(too_deep_line(text), 2u);
  }
}

TEST(TomlDepth, NumbersTextsAndUsualKeysAreFine) {
  std::string numbers = "bands = [";
  for (int i = 0; i < 1000; ++i) {
    numbers += "1.5, ";
  }
  EXPECT_EQ(too_deep_line(numbers + "]\n"), 0u);
  EXPECT_EQ(too_deep_line("t = \"" + std::string(500, '.') + "\"\n"), 0u);
  EXPECT_EQ(too_deep_line("[a.b.c]\nd.e = 'x.y'\n"), 0u);
}

}  // namespace
}  // namespace parcours
