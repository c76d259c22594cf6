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

TEST(Stop, NothingIsRequestedBefore) {
  EXPECT_FALSE(Stop().requested());
}

}  // namespace
}  // namespace parcours
