// The command line itself: help, version, wrong use.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "command.h"

namespace parcours {
namespace {

using testing::HasSubstr;

TEST(Usage, NothingAskedIsWrongUse) {
  const Ran ran = run_parcours({});
  EXPECT_EQ(ran.exit, 2);
  EXPECT_THAT(ran.err, HasSubstr("--help"));
}

TEST(Usage, AnUnknownVerbIsAnsweredWithTheNearest) {
  const Ran ran = run_parcours({"relase"});
  EXPECT_EQ(ran.exit, 2);
  EXPECT_THAT(ran.err, HasSubstr("did you mean 'release'?"));
  EXPECT_EQ(std::ranges::count(ran.err, '\n'), 1);
}

TEST(Usage, EveryVerbHasHelpWithAnExample) {
  for (const std::vector<std::string>& verb :
       std::vector<std::vector<std::string>>{{"demo"},
                                             {"synth"},
                                             {"vault", "create"},
                                             {"vault", "import"},
                                             {"vault", "status"},
                                             {"vault", "compact"},
                                             {"study", "check"},
                                             {"study", "run"},
                                             {"release"},
                                             {"risk"},
                                             {"audit"}}) {
    std::vector<std::string> arguments = verb;
    arguments.emplace_back("--help");
    const Ran ran = run_parcours(arguments);
    EXPECT_EQ(ran.exit, 0);
    EXPECT_THAT(ran.out, HasSubstr("Example")) << verb.back();
    EXPECT_THAT(ran.out, HasSubstr("--json")) << verb.back();
  }
}

TEST(Usage, TheVersionIsOneLine) {
  const Ran ran = run_parcours({"--version"});
  EXPECT_EQ(ran.exit, 0);
  EXPECT_THAT(ran.out, testing::StartsWith("parcours "));
}

}  // namespace
}  // namespace parcours
