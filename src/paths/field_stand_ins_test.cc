#include "paths/field_stand_ins.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace parcours::paths {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(FieldStandIns, AreNotKnownOfTheirPatients) {
  const People people = {{"born", {"", "-9", "1950", "1971"}, {2, 1, 0, 3, 1}},
                         {"sex", {"", "F", "M"}, {1, 2, 1, 1, 2}}};
  const std::vector<StandIn> found = stand_ins(people, {});
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].column, "born");
  EXPECT_EQ(found[0].value, "-9");
  EXPECT_EQ(found[0].records, 2u);
  const People without = without_stand_ins(people, found);
  EXPECT_THAT(without[0].labels, ElementsAre("", "1950", "1971"));
  EXPECT_THAT(without[0].values, ElementsAre(1, 0, 0, 2, 0));
  EXPECT_EQ(without[1].values, people[1].values);
}

TEST(FieldStandIns, OfAYearOfBirthMayLieBelowTheOthers) {
  const People people = {{"birth_year", {"", "1950", "999"}, {1, 2}}};
  ASSERT_EQ(stand_ins(people, {}).size(), 1u);
  EXPECT_EQ(stand_ins(people, {})[0].value, "999");
}

// One year of birth beside 9999 says too little, two do.
TEST(FieldStandIns, OfTwoExportsAreGivenAwayByTheValuesOfBoth) {
  const People first = {{"BORN", {"", "1950", "9999"}, {1, 2}}};
  const People second = {{"born", {"", "1971", "9999"}, {2, 2, 1}}, {"town", {"", "x"}, {1, 1, 1}}};
  EXPECT_THAT(stand_ins(first, {}), IsEmpty());
  const SharedFields shared = without_shared_stand_ins(first, second);
  EXPECT_THAT(shared.first[0].values, ElementsAre(1, 0));
  EXPECT_THAT(shared.second[0].values, ElementsAre(0, 0, 1));
  ASSERT_EQ(shared.found_second.size(), 1u);
  EXPECT_EQ(shared.found_second[0].records, 2u);
}

}  // namespace
}  // namespace parcours::paths
