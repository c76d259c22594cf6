#include "past/editions.h"

#include <gtest/gtest.h>

namespace parcours::past {
namespace {

tables::Dimension places(const std::vector<std::string>& codes) {
  tables::Dimension made{"place", {}, {}};
  for (const std::string& code : codes) {
    made.categories.push_back({code, {}});
  }
  return made;
}

tables::Cell figure(std::int64_t patients) {
  return {tables::CellStatus::published, patients, {}};
}

// An edition with one table.
PastRelease edition(const std::string& day, const std::vector<std::string>& codes,
                    const std::vector<tables::Cell>& cells) {
  PastRelease release;
  release.entry.day = day;
  release.entry.rules_sha256 = "r";
  release.entry.question = "q";
  release.entry.period = "of " + day;
  release.tables = {{"t", {}, {places(codes)}, cells, {}}};
  return release;
}

// What stands beside a study of these places.
EarlierFigures earlier(const std::vector<PastRelease>& releases,
                       const std::vector<std::string>& codes) {
  std::vector<crowds::CrowdTable> tables(1);
  tables[0].id = "t";
  tables[0].dimensions = {places(codes)};
  tables[0].cells.resize(codes.size() + 1);
  EditionsBefore before({.study = "s", .rules_sha256 = "r", .question = "q"}, tables);
  for (const PastRelease& release : releases) {
    before.take(release);
  }
  return std::move(before).finish();
}

TEST(EditionsBefore, KeepTheLatestFigureOfEachCell) {
  const EarlierFigures found =
      earlier({edition("1", {"a", "b"}, {figure(20), figure(30), figure(50)}),
               edition("2", {"b", "a", "c"}, {figure(31), {}, figure(12), {}})},
              {"a", "b", "c", "d"});
  ASSERT_EQ(found.count(), 4u);
  const std::vector<EarlierFigure>& figures = found.tables[0];
  const auto is = [&](std::size_t i, std::size_t cell, const char* day, std::int64_t patients) {
    return figures[i].cell == cell && found.editions[figures[i].edition].day == day &&
           figures[i].figure == figure(patients);
  };
  EXPECT_TRUE(is(0, 0, "1", 20));  // hidden since
  EXPECT_TRUE(is(1, 1, "2", 31));  // matched by its code, not by its place
  EXPECT_TRUE(is(2, 2, "2", 12));
  EXPECT_TRUE(is(3, 4, "1", 50));
}

TEST(EditionsBefore, LeaveOutEditionsThatHaveNoFigureLeft) {
  const EarlierFigures found = earlier({edition("1", {"a"}, {figure(20), figure(20)}),
                                        edition("2", {"a"}, {figure(31), figure(31)})},
                                       {"a"});
  ASSERT_EQ(found.editions.size(), 1u);
  EXPECT_EQ(found.editions[0], (Edition{"2", "of 2", {}}));
  EXPECT_EQ(found.tables[0][0].edition, 0u);
}

TEST(EditionsBefore, SayNothingOfZerosOtherRulesOrOtherQuestions) {
  EXPECT_EQ(earlier({edition("1", {"a"}, {figure(0), figure(0)})}, {"a"}).count(), 0u);
  PastRelease other = edition("1", {"a"}, {figure(20), figure(20)});
  other.entry.rules_sha256 = "stricter";
  EXPECT_EQ(earlier({other}, {"a"}).count(), 0u);
  other = edition("1", {"a"}, {figure(20), figure(20)});
  other.entry.question = "another";
  EXPECT_EQ(earlier({other}, {"a"}).count(), 0u);
  other.entry.study = "s";
  EXPECT_TRUE(earlier({other}, {"a"}).another_of_this_name);
  other.entry.question.clear();
  EXPECT_EQ(earlier({other}, {"a"}).count(), 0u);
  other = edition("1", {"a"}, {figure(20), figure(20)});
  EXPECT_FALSE(earlier({other}, {"a"}).another_of_this_name);
  other.entry.last_day = 1;  // the study's is 0
  EXPECT_EQ(earlier({other}, {"a"}).count(), 0u);
}

TEST(EditionsBefore, AreOneWhereNobodyCouldTellThemApart) {
  const EarlierFigures found = earlier(
      {edition("1", {"a"}, {figure(20), figure(20)}), edition("1", {"a"}, {figure(31), {}})},
      {"a"});
  EXPECT_EQ(found.editions.size(), 1u);
  EXPECT_EQ(found.count(), 2u);
}

}  // namespace
}  // namespace parcours::past
