#include "assessment/assess.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "assessment/answer.h"
#include "assessment/doubts.h"
#include "base/files.h"

namespace parcours::assessment {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

// 40 patients with a sex and three dated codes each.
std::string lines_of_events() {
  std::string text = "patient_id,visit_date,diagnosis_code,sex\n";
  for (int patient = 0; patient < 40; ++patient) {
    for (int visit = 0; visit < 3; ++visit) {
      text += fmt::format("P{:03},2024-{:02}-{:02},J{}{},{}\n", patient, 1 + visit,
                          1 + patient % (7 + visit), 40 + visit, patient % 3,
                          patient % 2 == 0 ? "F" : "M");
    }
  }
  return text;
}

struct Told {
  std::string aside;  // on standard error, while the work went on
  Assessment assessment;
};

Told assessed(const paths::CurveQuestion& curve) {
  const ScratchFolder folder = *ScratchFolder::make(fs::temp_directory_path(), "assess-");
  const fs::path file = folder.path() / "events.csv";
  EXPECT_TRUE(write_file(file, lines_of_events()));
  const Stop stop;
  Inputs inputs = *Inputs::open({file}, 1, {}, stop);
  Progress progress(Progress::Manner::lines, std::chrono::milliseconds(0));
  testing::internal::CaptureStderr();
  const auto assessment = assess(inputs, nullptr, {.curve = curve}, progress, stop);
  return {testing::internal::GetCapturedStderr(), *assessment};
}

TEST(Assess, TheFirstSentenceOfTheAnswerIsSaidBeforeTheRest) {
  const Told told = assessed({{1, 2, std::nullopt}, {0, 7}, 1000, 1, 1});
  EXPECT_EQ(told.aside, fmt::format("The first part of the answer: {} The rest follows.\n",
                                    answers(told.assessment)[0].en));
  EXPECT_THAT(told.aside, HasSubstr("two known dated events"));
}

TEST(Assess, WithoutTwoKnownEventsTheFirstPointIsSaid) {
  const Told told = assessed({{1, 3}, {0, 7}, 1000, 1, 1});
  EXPECT_EQ(told.aside, fmt::format("The first part of the answer: {} The rest follows.\n",
                                    answers(told.assessment)[0].en));
  EXPECT_THAT(told.aside, HasSubstr("one known dated event"));
}

TEST(Assess, ValuesThatStandForNothingAreEmptyCellsAndItIsSaid) {
  const ScratchFolder folder = *ScratchFolder::make(fs::temp_directory_path(), "assess-");
  const fs::path file = folder.path() / "people.csv";
  std::string text = "id,age,school_years\n";
  for (int person = 0; person < 40; ++person) {
    text += fmt::format("p{},{},{}\n", person, person == 0 ? 999 : 20 + person,
                        person % 8 == 3 ? "-9" : std::to_string(7 + person % 5));
  }
  ASSERT_TRUE(write_file(file, text));
  const Stop stop;
  Inputs inputs = *Inputs::open({file}, 1, {}, stop);
  Progress progress(Progress::Manner::none);
  const auto found = assess(inputs, nullptr, {.curve = {{1}, {0}, 100, 1, 1}}, progress, stop);
  ASSERT_TRUE(found) << found.error().sentence();
  const std::vector<tables::Label> said = doubts(*found);
  ASSERT_EQ(said.size(), 2u);
  EXPECT_THAT(said[0].en, HasSubstr("in 'age' of people.csv, 999 stands where nothing is known"));
  EXPECT_THAT(said[1].en, HasSubstr("in 'school_years' of people.csv, -9 stands"));
  EXPECT_THAT(said[1].en, HasSubstr("it counts as an empty cell (5 lines)."));
}

// Two live in each town. Of one of them the age is not known.
std::string people_without_ages(int from, const std::string& mark) {
  std::string text = "pid,age,town\n";
  for (int person = 0; person < 40; ++person) {
    text += fmt::format("p{},{},T{}\n", from + person,
                        person % 2 == 0 ? mark : std::to_string(from + person), person / 2);
  }
  return text;
}

TEST(Assess, ValuesThatStandForNothingJoinNoStrangersAndItIsSaidOfBothExports) {
  const ScratchFolder folder = *ScratchFolder::make(fs::temp_directory_path(), "assess-");
  const fs::path ours = folder.path() / "ours.csv";
  const fs::path theirs = folder.path() / "theirs.csv";
  ASSERT_TRUE(write_file(ours, people_without_ages(20, "999")));
  ASSERT_TRUE(write_file(theirs, people_without_ages(70, "999")));
  const Stop stop;
  Inputs first = *Inputs::open({ours}, 1, {}, stop);
  Inputs second = *Inputs::open({theirs}, 1, {}, stop);
  Progress progress(Progress::Manner::none);
  const auto found = assess(first, &second, {.curve = {{1}, {0}, 100, 1, 1}}, progress, stop);
  ASSERT_TRUE(found) << found.error().sentence();
  ASSERT_TRUE(found->linkage);
  EXPECT_EQ(found->linkage->columns, (std::vector<std::string>{"age", "town"}));
  EXPECT_EQ(found->linkage->found.joined.some, 0);
  const std::vector<tables::Label> said = doubts(*found);
  ASSERT_EQ(said.size(), 2u);
  EXPECT_THAT(said[0].en, HasSubstr("in 'age' of ours.csv, 999 stands where nothing is known"));
  EXPECT_THAT(said[1].en, HasSubstr("in 'age' of theirs.csv, 999 stands where nothing is known"));
}

}  // namespace
}  // namespace parcours::assessment
