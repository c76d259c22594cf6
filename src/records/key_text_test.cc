#include "records/key_text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace parcours::records {
namespace {

using testing::MatchesRegex;

std::string line_of(const ProgrammeKey& key) {
  const Secret text = text_of(key);
  return std::string(text.text());
}

TEST(KeyText, IsALineThatIsReadBack) {
  const ProgrammeKey key = ProgrammeKey::generate();
  const std::string line = line_of(key);
  EXPECT_THAT(line, MatchesRegex("parcours-key-1:[0-9a-f]{64}:[0-9a-f]{8}\n"));
  const Result<ProgrammeKey> again = key_of(line, "the file");
  ASSERT_TRUE(again) << again.error().sentence();
  EXPECT_EQ(again->bytes(), key.bytes());
  EXPECT_TRUE(key_of(line.substr(0, line.size() - 1), "no line feed"));
  EXPECT_TRUE(key_of(line + "\r\n\n", "edited elsewhere"));
}

TEST(KeyText, ThirtyTwoBytesOfAnyFileAreNoKey) {
  for (const std::string& text : {std::string(32, 'x'), std::string(32, '\0'), std::string(),
                                  std::string("parcours-key-2:00")}) {
    const Result<ProgrammeKey> key = key_of(text, "the file");
    ASSERT_FALSE(key);
    EXPECT_EQ(key.error().fault, Fault::input);
    EXPECT_EQ(key.error().found,
              "this is not a programme's key: it does not begin with "
              "'parcours-key-1:'");
  }
}

// Every cut and every single slip of a digit is noticed, and no error shows what was read.
TEST(KeyText, ACutOrASlipIsNoticed) {
  const std::string line = line_of(ProgrammeKey::generate());
  const std::string digits = line.substr(15, 64);
  const auto refused = [&](const std::string& text) {
    const Result<ProgrammeKey> key = key_of(text, "the file");
    return !key && key.error().fault == Fault::input &&
           key.error().sentence().find(digits.substr(0, 8)) == std::string::npos;
  };
  for (std::size_t size = 0; size + 1 < line.size(); ++size) {
    EXPECT_TRUE(refused(line.substr(0, size))) << size;
  }
  for (std::size_t at = 0; at + 1 < line.size(); ++at) {
    std::string slip = line;
    slip[at] = slip[at] == '0' ? '1' : '0';
    EXPECT_TRUE(refused(slip)) << at;
  }
  EXPECT_TRUE(refused(line + line));
}

}  // namespace
}  // namespace parcours::records
