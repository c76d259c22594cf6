#include "base/progress.h"

#include <gtest/gtest.h>

namespace parcours {
namespace {

TEST(Progress, QuietSaysNothing) {
  testing::internal::CaptureStderr();
  Progress progress(Progress::manner_for_stderr(true));
  progress.begin("counting", 10);
  progress.add(10);
  progress.end();
  EXPECT_EQ(testing::internal::GetCapturedStderr(), "");
}

TEST(Progress, ShortWorkSaysNothingEither) {
  testing::internal::CaptureStderr();
  Progress progress(Progress::Manner::lines);
  progress.begin("counting", 10);
  progress.add(10);
  progress.end();
  EXPECT_EQ(testing::internal::GetCapturedStderr(), "");
}

// What stands on standard error after a remark and one more step.
std::string shown_after_a_remark(Progress::Manner manner, std::chrono::milliseconds patience) {
  testing::internal::CaptureStderr();
  Progress progress(manner, patience);
  progress.remark("9 of 10 patients are singled out.");
  progress.begin("counting", 10);
  progress.add(1);
  progress.add(1);
  progress.end();
  return testing::internal::GetCapturedStderr();
}

TEST(Progress, ARemarkIsShownOnceWhenTheRestTakesLong) {
  const auto none = std::chrono::milliseconds(0);
  EXPECT_EQ(shown_after_a_remark(Progress::Manner::lines, none),
            "9 of 10 patients are singled out.\n");
}

TEST(Progress, ARemarkIsNotShownWhenTheRestComesSoon) {
  EXPECT_EQ(shown_after_a_remark(Progress::Manner::lines, std::chrono::hours(1)), "");
}

TEST(Progress, QuietShowsNoRemark) {
  const auto none = std::chrono::milliseconds(0);
  EXPECT_EQ(shown_after_a_remark(Progress::Manner::none, none), "");
}

}  // namespace
}  // namespace parcours
