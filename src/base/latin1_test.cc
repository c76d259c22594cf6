#include "base/latin1.h"

#include <gtest/gtest.h>

#include <string>

#include "base/utf8.h"

namespace parcours {
namespace {

std::string converted(std::string bytes, std::size_t at_once) {
  ByteStream stream = from_latin1(ByteStream::of(std::move(bytes), "f.csv"));
  std::string all;
  std::string some(at_once, '\0');
  while (true) {
    const std::size_t got = *stream.read(some);
    all += some.substr(0, got);
    if (got < at_once) {
      return all;
    }
  }
}

TEST(Latin1, BecomesUtf8) {
  EXPECT_EQ(converted("fi\xE8vre \x80 \x9C", 4), "fièvre € œ");
}

TEST(Latin1, OfEveryByteIsSoundHoweverItIsRead) {
  std::string bytes;
  for (int round = 0; round < 1000; ++round) {
    for (int byte = 1; byte < 256; ++byte) {
      bytes += static_cast<char>(byte);
    }
  }
  const std::string whole = converted(bytes, 1 << 20);
  EXPECT_TRUE(valid_utf8(whole));
  EXPECT_EQ(converted(bytes, 7), whole);
  EXPECT_EQ(converted(bytes, 65537), whole);
}

}  // namespace
}  // namespace parcours
