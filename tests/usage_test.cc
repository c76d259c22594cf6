// The command line itself: help, version, wrong use.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "command.h"
#include "story.h"

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

TEST(Usage, AnUnknownOptionIsAnsweredWithTheNearest) {
  const Ran ran = run_parcours({"risk", "e.csv", "--thread", "3"});
  EXPECT_EQ(ran.exit, 2);
  EXPECT_EQ(ran.err,
            "parcours: there is no option '--thread'; did you mean '--threads'?; see parcours risk "
            "--help\n");
  // A value may be about a person, so it is not shown.
  EXPECT_THAT(run_parcours({"risk", "e.csv", "--fnd=age 15, M"}).err,
              testing::AllOf(HasSubstr("'--fnd'; did you mean '--find'?"),
                             testing::Not(HasSubstr("age 15"))));
}

TEST(Usage, TwoLettersThatAreSwappedAreFound) {
  EXPECT_THAT(run_parcours({"rsik"}).err, HasSubstr("did you mean 'risk'?"));
  EXPECT_THAT(run_parcours({"vault", "ipmort"}).err, HasSubstr("did you mean 'import'?"));
}

TEST(Usage, AWrongCommandLineIsToldInOurOwnWords) {
  const auto said = [](const std::vector<std::string>& words) { return run_parcours(words).err; };
  EXPECT_THAT(said({}), HasSubstr("no verb is named; known: demo, risk"));
  EXPECT_THAT(said({"vault"}), HasSubstr("no verb is named; known: create"));
  EXPECT_THAT(said({"audit"}), HasSubstr("tables is missing"));
  EXPECT_THAT(said({"risk", "f", "--threads"}), HasSubstr("--threads needs a value"));
  EXPECT_THAT(said({"risk", "f", "--threads", "1025"}),
              HasSubstr("--threads: 1025 is not from 1 to 1024"));
  EXPECT_THAT(said({"risk", "f", "--threads", "x"}), HasSubstr("--threads"));
  EXPECT_THAT(said({"audit", "t.csv", "--absent", "maybe"}),
              HasSubstr("--absent: 'maybe' is none of its values; one of hidden,zero"));
}

TEST(Usage, HelpIsAVerbToo) {
  EXPECT_EQ(run_parcours({"help", "vault", "import"}).out,
            run_parcours({"vault", "import", "--help"}).out);
  EXPECT_EQ(run_parcours({"help"}).out, run_parcours({"--help"}).out);
  const Ran ran = run_parcours({"help", "rsik"});
  EXPECT_EQ(ran.exit, 2);
  EXPECT_THAT(ran.err, HasSubstr("did you mean 'risk'?"));
}

TEST(Usage, EveryVerbHasHelpWithAnExample) {
  for (const std::vector<std::string>& verb :
       std::vector<std::vector<std::string>>{{"demo"},
                                             {"synth"},
                                             {"vault", "create"},
                                             {"vault", "import"},
                                             {"vault", "status"},
                                             {"vault", "compact"},
                                             {"vault", "check"},
                                             {"vault", "forget"},
                                             {"vault", "card"},
                                             {"vault", "receive"},
                                             {"vault", "object"},
                                             {"key", "make"},
                                             {"key", "show"},
                                             {"permit", "read"},
                                             {"permit", "sign"},
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

TEST(Usage, EveryVerbTakesTheSameNumbersOfThreads) {
  for (const std::vector<std::string>& verb : std::vector<std::vector<std::string>>{
           {"synth", "f", "--patients", "1"},
           {"vault", "check", "v"},
           {"vault", "import", "v", "--mapping", "m"},
           {"study", "run", "s", "--vault", "v", "--rules", "r"},
           {"release", "--vault", "v", "--study", "s", "--rules", "r", "--key", "k", "--out", "o"},
           {"risk", "f"}}) {
    for (const char* wrong : {"-1", "1025", "x"}) {
      std::vector<std::string> words = verb;
      words.insert(words.end(), {"--threads", wrong});
      const Ran ran = run_parcours(words);
      EXPECT_EQ(ran.exit, 2);
      EXPECT_THAT(ran.err, HasSubstr("--threads")) << verb[0] << " " << wrong;
      EXPECT_EQ(std::ranges::count(ran.err, '\n'), 1);
    }
  }
  const Folder folder;
  write(folder / "e.csv", "id,day,code\na,1,x\na,2,y\nb,1,x\n");
  EXPECT_EQ(run_parcours({"risk", folder / "e.csv", "--threads", "0"}).exit, 0);
}

TEST(Usage, AnAnswerThatCannotBeWrittenIsNoSuccess) {
  const Folder folder;
  write(folder / "e.csv", "id,day,code\na,1,x\na,2,y\nb,1,x\n");
  for (const std::vector<std::string>& words :
       std::vector<std::vector<std::string>>{{"--help"},
                                             {"--version"},
                                             {"risk", "--help"},
                                             {"risk", folder / "e.csv", "--quiet"},
                                             {"risk", folder / "e.csv", "--guess"},
                                             {"risk", folder / "e.csv", "--json", "--quiet"}}) {
    const Ran ran = run_parcours(words, {.no_output = true});
    EXPECT_EQ(ran.exit, 3) << words.back();
    EXPECT_THAT(ran.err, testing::StartsWith("parcours: standard output: cannot write"));
    EXPECT_EQ(std::ranges::count(ran.err, '\n'), 1) << ran.err;
  }
}

TEST(Usage, TheVersionIsOneLine) {
  const Ran ran = run_parcours({"--version"});
  EXPECT_EQ(ran.exit, 0);
  EXPECT_THAT(ran.out, testing::StartsWith("parcours "));
}

}  // namespace
}  // namespace parcours
