#include "base/stand_ins.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace parcours {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::vector<std::string_view> found_in(const std::vector<std::string_view>& texts) {
  std::vector<std::string_view> found;
  for (const std::uint32_t place : stand_ins(texts)) {
    found.push_back(texts[place]);
  }
  return found;
}

TEST(StandIns, AreWordsForNothingAmongNumbers) {
  EXPECT_THAT(found_in({"1", "UNKNOWN", "2.5", "unknown", "", "NA"}),
              ElementsAre("UNKNOWN", "unknown", "NA"));
  EXPECT_THAT(found_in({"1", "UNKNOWN", "2", "high"}), IsEmpty());
  EXPECT_THAT(found_in({"UNKNOWN", "M", "F"}), IsEmpty());
}

TEST(StandIns, AreNegativeMarksWhereNothingElseIsNegative) {
  EXPECT_THAT(found_in({"0", "-9", "1", "-99"}), ElementsAre("-9", "-99"));
  EXPECT_THAT(found_in({"0", "-9", "1", "-3"}), IsEmpty());
  EXPECT_THAT(found_in({"0", "-1", "-10", "4"}), IsEmpty());
}

TEST(StandIns, AreNinesFarAboveEverythingElse) {
  EXPECT_THAT(found_in({"7", "12", "16", "99"}), ElementsAre("99"));
  EXPECT_THAT(found_in({"18", "40", "97", "99"}), IsEmpty());
  EXPECT_THAT(found_in({"18", "97", "99", "999"}), ElementsAre("999"));
  EXPECT_THAT(found_in({"0", "41310", "99999"}), IsEmpty());
  EXPECT_THAT(found_in({"7", "12", "99.5"}), IsEmpty());
}

// pandas and R write a column of whole numbers that has gaps as 34.0, 999.0.
TEST(StandIns, MayHaveZerosAfterTheirDecimalMark) {
  EXPECT_THAT(found_in({"34.0", "41.0", "-9.0", "999.0"}), ElementsAre("-9.0", "999.0"));
  EXPECT_THAT(found_in({"7,5", "12,25", "-9,0", "999"}), ElementsAre("-9,0", "999"));
}

TEST(StandIns, ThatAreUsualAreFewNumbers) {
  EXPECT_EQ(usual_stand_in("-1"), -1);
  EXPECT_EQ(usual_stand_in("0"), 0);
  EXPECT_EQ(usual_stand_in("999.0"), 999);
  EXPECT_EQ(usual_stand_in("-88"), -88);
  EXPECT_EQ(usual_stand_in("777"), 777);
  for (const char* text : {"", "9", "240", "-2", "1900", "00", "UNKNOWN"}) {
    EXPECT_EQ(usual_stand_in(text), std::nullopt) << text;
  }
}

TEST(StandIns, NeedTwoOtherNumbers) {
  EXPECT_THAT(found_in({"1", "99"}), IsEmpty());
  EXPECT_THAT(found_in({"99", "-9", ""}), IsEmpty());
  EXPECT_THAT(found_in({}), IsEmpty());
}

}  // namespace
}  // namespace parcours
