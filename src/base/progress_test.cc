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

}  // namespace
}  // namespace parcours
