#include "base/error.h"

#include <gtest/gtest.h>

namespace parcours {
namespace {

TEST(Error, IsOneSentenceOfPlaceFindingAndRemedy) {
  const Error error{Fault::input, "unknown kind 'diagnossis'", "asthma.toml:12",
                    "did you mean 'diagnosis'?"};
  EXPECT_EQ(error.sentence(),
            "asthma.toml:12: unknown kind 'diagnossis'; did you mean 'diagnosis'?");
  EXPECT_EQ((Error{Fault::machine, "no room", "", ""}).sentence(), "no room");
}

Result<int> half(int number) {
  if (number % 2 != 0) {
    return bad_input("an odd number");
  }
  return number / 2;
}

Result<int> quarter(int number) {
  ASSIGN_OR_RETURN(const int once, half(number));
  ASSIGN_OR_RETURN(const int twice, half(once));
  return twice;
}

TEST(Error, PassesUpThroughAssignOrReturn) {
  EXPECT_EQ(quarter(8), 2);
  ASSERT_FALSE(quarter(6));
  EXPECT_EQ(quarter(6).error().found, "an odd number");
}

TEST(Error, TheFaultIsTheExitCode) {
  EXPECT_EQ(static_cast<int>(Fault::rule), 1);
  EXPECT_EQ(static_cast<int>(Fault::input), 2);
  EXPECT_EQ(static_cast<int>(Fault::machine), 3);
}

}  // namespace
}  // namespace parcours
