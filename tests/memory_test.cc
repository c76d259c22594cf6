// Little memory, of every size: the answer or one line and exit code 3, and nothing half-written.
//
// Below some 100 MB of address space (ulimit -v) the dynamic loader cannot map the program's
// libraries: it says so itself, and its exit code is 127. That is before main, so it is left alone.
// Where the last of them just fits, Debian's libgfortran crashes in its own constructor, before
// main as well; the sizes keep away from there. Below some 9 MB, the size of its code, the kernel
// cannot even begin the program, and ends it; that is not tried.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "command.h"
#include "story.h"

namespace parcours {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool sanitized = true;
#else
constexpr bool sanitized = false;
#endif

constexpr std::uint64_t megabyte = std::uint64_t{1} << 20;
constexpr std::array<std::uint64_t, 9> sizes = {12, 60, 80, 120, 160, 240, 400, 900, 6000};

class LittleMemory : public testing::Test {
 protected:
  LittleMemory() {
    std::string events = "id,day,code,age\n";
    for (int i = 0; i < 600; ++i) {
      events += std::to_string(i % 90) + "," + std::to_string(i % 37) + ",J" +
                std::to_string(i % 7) + "," + std::to_string(20 + i % 90 / 3) + "\n";
    }
    write(folder / "events.csv", events);
    write(folder / "table.csv",
          "place,sex,n\nnorth,F,12\nnorth,M,7\nnorth,T,19\n"
          "south,F,14\nsouth,M,22\nsouth,T,36\n");
    write(folder / "study.toml", good_study());
    write(folder / "france-2026.toml", good_rules());
    fs::copy(small_panel() / "panel.vault", vault, fs::copy_options::recursive);
  }

  void SetUp() override {
    if (sanitized) {
      GTEST_SKIP() << "a sanitizer maps terabytes for itself, so that memory cannot be limited";
    }
  }

  std::vector<std::vector<std::string>> verbs() const {
    return {{"risk", folder / "events.csv"},
            {"risk", folder / "events.csv", "--find", "age 30, code J3", "--json"},
            {"audit", folder / "table.csv"},
            {"vault", "status", vault},
            {"vault", "import", vault, "--key", small_panel() / "programme.key", "--mapping",
             small_panel() / "send" / "mapping.toml", "--period", "again", "--quiet"},
            {"study", "run", folder / "study.toml", "--vault", vault, "--rules",
             folder / "france-2026.toml"},
            {"release", "--vault", vault, "--study", folder / "study.toml", "--rules",
             folder / "france-2026.toml", "--key", small_panel_key(), "--out", folder / "out",
             "--quiet"}};
  }

  static void expect_an_answer_or_one_line(const Ran& ran, const std::string& what) {
    if (ran.exit == 127) {
      EXPECT_THAT(ran.err, HasSubstr("shared librar")) << what;
      EXPECT_FALSE(ran.err.starts_with("parcours: ")) << what << ran.err;
      return;
    }
    EXPECT_TRUE(ran.exit == 0 || ran.exit == 3) << what << ": " << ran.exit << " " << ran.err;
    if (ran.exit == 3) {
      EXPECT_EQ(std::ranges::count(ran.err, '\n'), 1) << what << ran.err;
      EXPECT_TRUE(ran.err.starts_with("parcours: ")) << what << ran.err;
    }
  }

  std::string status() const { return run_parcours({"vault", "status", vault, "--json"}).out; }

  Folder folder;
  fs::path vault = folder / "panel.vault";
};

// What a run leaves: all of it or nothing.
void expect_whole_or_absent(const fs::path& folder, const Ran& ran) {
  if (ran.exit != 0) {
    EXPECT_FALSE(fs::exists(folder / "out"));
  }
  fs::remove_all(folder / "out");
}

TEST_F(LittleMemory, OfAddressSpaceEndsWithAnAnswerOrWithOneLine) {
  for (const std::vector<std::string>& verb : verbs()) {
    int answered = 0;
    const std::string before = status();
    for (const std::uint64_t size : sizes) {
      const Ran ran = run_parcours(verb, {.address_space = size * megabyte});
      expect_an_answer_or_one_line(ran, verb[0] + " in " + std::to_string(size) + " MB");
      expect_whole_or_absent(folder.path(), ran);
      answered += ran.exit == 0 ? 1 : 0;
      if (answered == 0) {
        EXPECT_EQ(status(), before) << verb[0];
      }
    }
    EXPECT_GE(answered, 1) << verb[0] << " never had enough";
  }
}

TEST_F(LittleMemory, ByTheOptionEndsWithAnAnswerOrWithOneLine) {
  for (const std::vector<std::string>& verb : verbs()) {
    int answered = 0;
    for (const std::uint64_t size : sizes) {
      std::vector<std::string> words = verb;
      words.insert(words.end(), {"--memory", std::to_string(size) + "MB"});
      const Ran ran = run_parcours(words);
      EXPECT_NE(ran.exit, 127);
      expect_an_answer_or_one_line(ran, verb[0] + " --memory " + words.back());
      expect_whole_or_absent(folder.path(), ran);
      answered += ran.exit == 0 ? 1 : 0;
    }
    EXPECT_GE(answered, 1) << verb[0] << " never had enough";
  }
}

TEST_F(LittleMemory, TheLineSaysTheLimitAndTheRemedy) {
  const Ran ran = run_parcours({"risk", folder / "events.csv", "--memory", "60MB"});
  EXPECT_EQ(ran.exit, 3);
  EXPECT_THAT(ran.err, HasSubstr("needs more than 60 MB of memory; raise --memory, or give"));
}

TEST_F(LittleMemory, ASizeThatIsNoneIsWrongUse) {
  const Ran ran = run_parcours({"risk", folder / "events.csv", "--memory", "much"});
  EXPECT_EQ(ran.exit, 2);
  EXPECT_THAT(ran.err, HasSubstr("'much' is not a size"));
}

}  // namespace
}  // namespace parcours
