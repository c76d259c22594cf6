#include "base/stop.h"

#include <gtest/gtest.h>

#include <csignal>

namespace parcours {
namespace {

TEST(Stop, TheFirstSignalAsksAndTheSecondEnds) {
  EXPECT_EXIT(
      {
        Stop stop;
        stop_on_signal(stop);
        std::raise(SIGINT);
        if (!stop.requested()) {
          std::_Exit(1);
        }
        std::raise(SIGINT);
        std::_Exit(2);
      },
      testing::KilledBySignal(SIGINT), "");
}

TEST(Stop, TheEndOfTheTerminalAsksToo) {
  EXPECT_EXIT(
      {
        Stop stop;
        stop_on_signal(stop);
        std::raise(SIGHUP);
        std::_Exit(stop.requested() ? 0 : 1);
      },
      testing::ExitedWithCode(0), "");
}

TEST(Stop, UnderNohupTheEndOfTheTerminalIsNothing) {
  EXPECT_EXIT(
      {
        std::signal(SIGHUP, SIG_IGN);
        Stop stop;
        stop_on_signal(stop);
        std::raise(SIGHUP);
        std::_Exit(stop.requested() ? 1 : 0);
      },
      testing::ExitedWithCode(0), "");
}

TEST(Stop, APipeThatNobodyReadsDoesNotEndTheWork) {
  EXPECT_EXIT(
      {
        Stop stop;
        stop_on_signal(stop);
        std::raise(SIGPIPE);
        std::_Exit(stop.requested() ? 1 : 0);
      },
      testing::ExitedWithCode(0), "");
}

TEST(Stop, NothingIsRequestedBefore) {
  EXPECT_FALSE(Stop().requested());
}

}  // namespace
}  // namespace parcours
