#include "study/windows.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace parcours::study {
namespace {

using testing::HasSubstr;
using testing::Not;

const char* const study_of_new_users = R"([study]
id = "s"
title = "S"
rules = "r"
period = [2023-01-01, 2024-12-31]
[population]
index = { first = "prescription:A10*" }
exclude = [{ any = "prescription:A10*", within = [-365, -1] }]
[variables]
sex = { field = "sex" }
stays = { any = "prescription:A10*", within = [300, 400] }
visits = { count = "consultation:*", within = [300, 400], bands = [1, 2] }
[[table]]
id = "t"
by = ["sex"]
of = "stays"
[[table]]
id = "u"
by = ["sex"]
each = { code = "diagnosis:*", within = [-30, 0] }
)";

Study right(const std::string& text) {
  auto study = parse_study(text, "s.toml", Calendar::dates);
  EXPECT_TRUE(study) << study.error().sentence();
  return study ? *std::move(study) : Study{};
}

std::pair<Day, Day> days(const char* first, const char* last) {
  return {*parse_iso_day(first), *parse_iso_day(last)};
}

TEST(StudyWindows, AreEachListedOnceWithAllThatLookThroughThem) {
  const auto windows = windows_of(right(study_of_new_users), vocabulary::Vocabulary::built_in());
  ASSERT_EQ(windows.size(), 3u);
  EXPECT_EQ(windows[0].window, (Window{-365, -1}));
  EXPECT_THAT(windows[0].of[0].en, HasSubstr("the condition 'prescription A10*"));
  ASSERT_EQ(windows[1].of.size(), 2u);
  EXPECT_EQ(windows[1].of[1].en, "'visits'");
  EXPECT_EQ(windows[2].of[0].fr, "tableau «\u00a0u\u00a0»");
}

TEST(StudyWindows, ReachBeyondRecordsByDays) {
  const std::pair records{Day{100}, Day{200}};
  EXPECT_EQ(beyond({-30, 0}, Day{120}, records).before, 10);
  EXPECT_EQ(beyond({-30, 0}, Day{120}, records).after, 0);
  EXPECT_EQ(beyond({0, 90}, Day{120}, records).after, 10);
  EXPECT_EQ(beyond({-20, 80}, Day{120}, records).before, 0);
  EXPECT_EQ(beyond({-20, 80}, Day{120}, records).after, 0);
}

// The earliest index day is the period's first: 2023-01-01. The records begin that day as well.
TEST(StudyWindows, OfAReleaseAreToldRoughlyWithoutPatients) {
  const auto told =
      windows_that_leave(right(study_of_new_users), vocabulary::Vocabulary::built_in(),
                         Calendar::dates, days("2023-01-01", "2024-12-31"));
  ASSERT_TRUE(told);
  EXPECT_THAT(told->en, HasSubstr("from 365 days before the index day to 1 day before it can begin "
                                  "up to about 370 days before the first record."));
  EXPECT_THAT(told->en, HasSubstr("can end up to about 400 days after the last record."));
  EXPECT_THAT(told->fr, HasSubstr("jusqu’à environ 370 jours avant la première donnée"));
}

TEST(StudyWindows, WithinTheRecordsSayNothing) {
  EXPECT_FALSE(windows_that_leave(right(study_of_new_users), vocabulary::Vocabulary::built_in(),
                                  Calendar::dates, days("2020-01-01", "2027-12-31")));
  const auto late =
      windows_that_leave(right(study_of_new_users), vocabulary::Vocabulary::built_in(),
                         Calendar::dates, days("2020-01-01", "2024-12-31"));
  ASSERT_TRUE(late);
  EXPECT_THAT(late->en, Not(HasSubstr("first record")));
}

}  // namespace
}  // namespace parcours::study
