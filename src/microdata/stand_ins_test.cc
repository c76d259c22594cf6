#include "microdata/stand_ins.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace parcours::microdata {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

Microdata column_of(const std::vector<std::string>& texts) {
  Microdata data{.columns = {{.name = "x"}}, .records = texts.size()};
  for (const std::string& text : texts) {
    data.columns[0].codes.push_back(data.columns[0].dictionary.add(text));
  }
  return data;
}

std::vector<std::string> found_in(const std::vector<std::string>& texts) {
  std::vector<std::string> found;
  for (const StandIn& one : stand_ins(column_of(texts))) {
    found.push_back(one.value + " x" + std::to_string(one.records));
  }
  return found;
}

TEST(StandIns, AreWordsForNothingAmongNumbers) {
  EXPECT_THAT(found_in({"1", "UNKNOWN", "2.5", "unknown", "", "NA"}),
              ElementsAre("UNKNOWN x1", "unknown x1", "NA x1"));
  EXPECT_THAT(found_in({"1", "UNKNOWN", "2", "high"}), IsEmpty());
  EXPECT_THAT(found_in({"UNKNOWN", "M", "F"}), IsEmpty());
}

TEST(StandIns, AreNegativeMarksWhereNothingElseIsNegative) {
  EXPECT_THAT(found_in({"0", "-9", "1", "-99", "-9"}), ElementsAre("-9 x2", "-99 x1"));
  EXPECT_THAT(found_in({"0", "-9", "1", "-3"}), IsEmpty());
  EXPECT_THAT(found_in({"0", "-1", "-10", "4"}), IsEmpty());
}

TEST(StandIns, AreNinesFarAboveEverythingElse) {
  EXPECT_THAT(found_in({"7", "12", "16", "99"}), ElementsAre("99 x1"));
  EXPECT_THAT(found_in({"18", "40", "97", "99"}), IsEmpty());
  EXPECT_THAT(found_in({"18", "97", "99", "999"}), ElementsAre("999 x1"));
  EXPECT_THAT(found_in({"0", "41310", "99999"}), IsEmpty());
  EXPECT_THAT(found_in({"7", "12", "99.5"}), IsEmpty());
}

TEST(StandIns, NeedTwoOtherNumbers) {
  EXPECT_THAT(found_in({"1", "99"}), IsEmpty());
  EXPECT_THAT(found_in({"99", "-9", ""}), IsEmpty());
  EXPECT_THAT(found_in({}), IsEmpty());
}

TEST(StandIns, BecomeTheEmptyText) {
  const Microdata data = column_of({"-9", "7", "", "12", "-9", "7"});
  const Microdata without = without_stand_ins(data, stand_ins(data));
  EXPECT_THAT(without.columns[0].codes, ElementsAre(0, 1, 0, 2, 0, 1));
  EXPECT_EQ(without.columns[0].dictionary.size(), 3u);
  EXPECT_EQ(without.columns[0].dictionary.missing(), 0u);
  EXPECT_EQ(without.records, 6u);
}

}  // namespace
}  // namespace parcours::microdata
