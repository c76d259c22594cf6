#include "past/comparison.h"

#include <gtest/gtest.h>

#include "study/plan.h"

namespace parcours::past {
namespace {

// One table of two categories; `places` by patient, numbered from `first` on.
PastRelease release_of(std::uint32_t first, const std::vector<std::uint32_t>& places,
                       const std::vector<tables::Cell>& cells) {
  PastRelease release;
  release.entry.study = "s";
  release.told = {"everybody", {{study::StudyTable::What::of, {{Trait::sex, {}, "sex"}}, ""}}};
  release.tables = {{"t", {}, {{"sex", {}, {{"f", {}}, {"m", {}}}}}, cells, {}}};
  release.roll.tables.resize(1);
  for (const std::uint32_t place : places) {
    release.roll.people.push_back(first++);
    release.roll.tables[0].places.push_back(place);
  }
  return release;
}

tables::Cell shown(std::int64_t patients, std::optional<double> mean = {}) {
  return {tables::CellStatus::published, patients, mean};
}

TEST(Comparison, SaysWhoCameAndWhichFiguresDiffer) {
  const PastRelease first = release_of(0, {0, 0, 1}, {shown(2), shown(1), shown(3)});
  const PastRelease second = release_of(1, {0, 1, 1}, {shown(1), {}, shown(3)});
  const Comparison found = compare(first, second);
  EXPECT_TRUE(found.same_population);
  EXPECT_FALSE(found.editions);
  EXPECT_EQ(found.in_both, 2);
  EXPECT_EQ(found.first_only, 1);
  EXPECT_EQ(found.second_only, 1);
  ASSERT_EQ(found.tables.size(), 1);
  EXPECT_EQ(found.tables[0].different, 1);
  EXPECT_EQ(found.tables[0].first_only, 1);
  EXPECT_EQ(found.tables[0].same, 1);
}

TEST(Comparison, AMeanThatOnlyOneShowsIsNoOtherFigure) {
  const PastRelease with = release_of(0, {0}, {shown(1, 2.5), {}, {}});
  const PastRelease without = release_of(0, {0}, {shown(1), {}, {}});
  const PastRelease other = release_of(0, {0}, {shown(1, 3.5), {}, {}});
  EXPECT_EQ(compare(with, without).tables[0].same, 1);
  EXPECT_EQ(compare(with, other).tables[0].different, 1);
}

// Six patients: the one release tells four and two apart, the other two, two and two.
TEST(RoomLeft, CountsThoseWhomAllReleasesTogetherLeaveAlone) {
  RoomLeft room(3);
  room.take(release_of(0, {0, 0, 0, 0, 1, 1}, {shown(4), shown(2), shown(6)}));
  EXPECT_EQ(room.populations()[0].alone, 2);
  room.take(
      release_of(0, {0, 0, 1, 1, study::no_cell, study::no_cell}, {shown(2), shown(2), shown(4)}));
  ASSERT_EQ(room.populations().size(), 1);
  EXPECT_EQ(room.populations()[0].alone, 6);
  EXPECT_EQ(room.populations()[0].releases, 2);
  EXPECT_EQ(room.populations()[0].figures, 6);
}

}  // namespace
}  // namespace parcours::past
