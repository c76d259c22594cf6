// The adversary can find something: its verdict, and what stands between the command and the
// system.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "adversary/mutation.h"
#include "adversary/verdict.h"
#include "command.h"
#include "story.h"

namespace parcours::adversary {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

TEST(Adversary, ComplainsOfWhatNoDocumentAllows) {
  EXPECT_EQ(complaint({.exit = 0, .out = "fine\n"}), "");
  EXPECT_EQ(complaint({.exit = 2, .err = "parcours: no\n"}), "");
  EXPECT_THAT(complaint({.exit = -11}), HasSubstr("signal 11"));
  EXPECT_THAT(complaint({.exit = -9, .late = true}), HasSubstr("did not end"));
  EXPECT_THAT(complaint({.exit = 134, .err = "x\n"}), HasSubstr("exit code 134"));
  EXPECT_THAT(complaint({.exit = 2}), HasSubstr("0 lines"));
  EXPECT_THAT(complaint({.exit = 2, .err = "a\nb\n"}), HasSubstr("2 lines"));
  EXPECT_THAT(complaint({.exit = 0, .out = "1," + planted}), HasSubstr("planted"));
  EXPECT_THAT(complaint({.exit = 3, .err = "parcours: a fault of the program: what\n"}),
              HasSubstr("exception"));
}

TEST(Adversary, ChangesAFileTheSameWayForTheSameSeed) {
  const std::string text = "a,b\n1,2\n3,4\n";
  int changed = 0;
  for (std::uint64_t seed = 0; seed < 100; ++seed) {
    Random one(seed);
    Random other(seed);
    const std::string first = mutated(text, one);
    EXPECT_EQ(first, mutated(text, other));
    changed += first != text ? 1 : 0;
  }
  EXPECT_GT(changed, 90);
}

TEST(Adversary, ChangesAFileInItsPlace) {
  const Folder folder;
  const std::string text = "a,b\n1,2\n3,4\n";
  for (std::uint64_t seed = 0; seed < 100; ++seed) {
    write(folder / "f", text);
    Random one(seed);
    Random other(seed);
    mutate_file(folder / "f", one);
    std::ifstream file(folder / "f", std::ios::binary);
    const std::string changed((std::istreambuf_iterator<char>(file)), {});
    EXPECT_EQ(changed, mutated(text, other));
  }
}

class Shim : public testing::Test {
 protected:
  void SetUp() override {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
    GTEST_SKIP() << "a sanitizer wants to be loaded before any other library";
#endif
  }
  Ran report(const std::string& family, const std::string& nth, const std::string& deed) {
    write(folder / "t.csv", "sex,n\nF,3\nM,4\nall,7\n");
    return run_parcours(
        {"audit", folder / "t.csv", "--report", folder / "r.html", "--quiet"},
        {.environment = {"LD_PRELOAD=" ADVERSARY_SHIM, "ADVERSARY_CALL=" + family,
                         "ADVERSARY_UNDER=" + folder.path().string(), "ADVERSARY_NTH=" + nth,
                         "ADVERSARY_DO=" + deed, "ADVERSARY_TOLD=" + (folder / "told").string()}});
  }
  std::string told() {
    std::ifstream file(folder / "told");
    std::string text;
    file >> text;
    return text;
  }
  Folder folder;
};

TEST_F(Shim, CountsTheCalls) {
  EXPECT_EQ(report("rename", "0", "EIO").exit, 0);
  EXPECT_EQ(told(), "1");
}

TEST_F(Shim, MakesTheNthCallFail) {
  for (const char* family : {"write", "fsync", "rename", "open"}) {
    const Ran ran = report(family, "1", "EIO");
    EXPECT_NE(ran.exit, 0) << family;
    EXPECT_THAT(ran.err, StartsWith("parcours: "));
    EXPECT_EQ(told(), "fired");
  }
}

TEST_F(Shim, KillsAtTheNthCall) {
  EXPECT_EQ(report("rename", "1", "kill-before").exit, -9);
  EXPECT_FALSE(std::filesystem::exists(folder / "r.html"));
  EXPECT_EQ(report("rename", "1", "kill-after").exit, -9);
  EXPECT_TRUE(std::filesystem::exists(folder / "r.html"));
}

}  // namespace
}  // namespace parcours::adversary
