#include "base/hex.h"

#include <gtest/gtest.h>

#include <array>

namespace parcours {
namespace {

TEST(Hex, EveryByteComesBack) {
  for (int byte = 0; byte < 256; ++byte) {
    const std::array<unsigned char, 2> bytes = {static_cast<unsigned char>(byte), 7};
    std::array<unsigned char, 2> back{};
    EXPECT_TRUE(from_hex(to_hex(bytes), back));
    EXPECT_EQ(back, bytes);
  }
  EXPECT_EQ(to_hex(std::array<unsigned char, 2>{0x0f, 0xa0}), "0fa0");
}

TEST(Hex, NothingElseIsTaken) {
  std::array<unsigned char, 2> bytes{};
  for (const char* digits : {"", "0fa", "0fa00", "0fag", "0f a", "0x0f", "0FA0"}) {
    EXPECT_FALSE(from_hex(digits, bytes)) << digits;
  }
  EXPECT_TRUE(from_hex("0FA0", bytes, HexDigits::any));
}

}  // namespace
}  // namespace parcours
