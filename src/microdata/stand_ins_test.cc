#include "microdata/stand_ins.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace parcours::microdata {
namespace {

using testing::ElementsAre;

Microdata column_of(const std::vector<std::string>& texts) {
  Microdata data{.columns = {{.name = "x"}}, .records = texts.size()};
  for (const std::string& text : texts) {
    data.columns[0].codes.push_back(data.columns[0].dictionary.add(text));
  }
  return data;
}

TEST(StandIns, AreCountedByRecord) {
  const std::vector<StandIn> found = stand_ins(column_of({"7", "-9", "12", "UNKNOWN", "-9"}));
  ASSERT_EQ(found.size(), 2u);
  EXPECT_EQ(found[0].value, "-9");
  EXPECT_EQ(found[0].records, 2u);
  EXPECT_EQ(found[1].value, "UNKNOWN");
  EXPECT_EQ(found[1].records, 1u);
}

// One age beside 999 says too little; the ages of both files do.
TEST(StandIns, OfTwoFilesAreGivenAwayByTheValuesOfBoth) {
  const Microdata first = column_of({"30", "999"});
  const Microdata second = column_of({"41", "999", "999"});
  EXPECT_TRUE(stand_ins(second).empty());
  const std::vector<std::string> columns = {"x"};
  const SharedStandIns found = shared_stand_ins(first, second, columns);
  ASSERT_EQ(found.first.size(), 1u);
  EXPECT_EQ(found.first[0].records, 1u);
  ASSERT_EQ(found.second.size(), 1u);
  EXPECT_EQ(found.second[0].records, 2u);
}

TEST(StandIns, OfNamesAreThoseThatNameNobody) {
  const std::vector<StandIn> found =
      naming_nobody(column_of({"A17", "UNKNOWN", "", "999", "-9", "UNKNOWN"}), "x");
  ASSERT_EQ(found.size(), 2u);
  EXPECT_EQ(found[0].value, "UNKNOWN");
  EXPECT_EQ(found[1].value, "-9");
}

TEST(StandIns, OfAYearOfBirthMayLieBelowTheOthers) {
  const Microdata data = column_of({"1950", "999", "1971", "0"});
  EXPECT_EQ(stand_ins_of_role(data, "x", exports::ColumnRole::birth_year).size(), 2u);
  EXPECT_TRUE(stand_ins_of_role(data, "y", exports::ColumnRole::birth_year).empty());
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
