#include "exports/impossible_numbers.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace parcours::exports {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::vector<std::string_view> found_in(ColumnRole role,
                                       const std::vector<std::string_view>& texts) {
  std::vector<std::string_view> found;
  for (const std::uint32_t place : impossible_stand_ins(role, texts)) {
    found.push_back(texts[place]);
  }
  return found;
}

TEST(ImpossibleNumbers, StandWhereNoAgeIsKnown) {
  EXPECT_THAT(found_in(ColumnRole::age, {"34", "0", "99", "-1", "240", "", "999", "51.0"}),
              ElementsAre("-1", "999"));
}

TEST(ImpossibleNumbers, StandWhereNoYearOfBirthIsKnown) {
  EXPECT_THAT(found_in(ColumnRole::birth_year, {"1950", "0", "999", "9999", "-9", "1971"}),
              ElementsAre("0", "999", "9999", "-9"));
}

TEST(ImpossibleNumbers, AreNoneWhereTheColumnIsWrittenInAnotherWay) {
  EXPECT_THAT(found_in(ColumnRole::birth_year, {"50", "77", "99", "62"}), IsEmpty());
  EXPECT_THAT(found_in(ColumnRole::birth_year, {"1950-03-06", "1971-01-02", "0"}), IsEmpty());
  EXPECT_THAT(found_in(ColumnRole::age, {"999"}), IsEmpty());
}

TEST(ImpossibleNumbers, AreNoneOfOtherColumns) {
  EXPECT_THAT(found_in(ColumnRole::quasi, {"1", "2", "-1", "999"}), IsEmpty());
}

}  // namespace
}  // namespace parcours::exports
