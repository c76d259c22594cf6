#include "assessment/assess.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "assessment/answer.h"
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

}  // namespace
}  // namespace parcours::assessment
