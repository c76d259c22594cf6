// `parcours releases`, and releases that know each other.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <nlohmann/json.hpp>
#include <sstream>
#include <thread>

#include "base/testing/sanitizer.h"
#include "one_line.h"
#include "story.h"

namespace parcours {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;
using testing::HasSubstr;

class Releases : public testing::Test {
 protected:
  Releases() {
    write(folder / "study.toml", good_study());
    write(folder / "france-2026.toml", good_rules());
  }

  Ran release(const std::string& out, const RunOptions& options = {}) const {
    return run_parcours(
        {"release", "--vault", vault, "--study", folder / "study.toml", "--rules",
         folder / "france-2026.toml", "--key", small_panel_key(), "--out", folder / out, "--quiet"},
        options);
  }
  Ran releases(std::vector<std::string> words) const {
    words.insert(words.begin(), "releases");
    words.insert(words.begin() + 2, vault);
    words.insert(words.end(), {"--key", small_panel_key()});
    return run_parcours(words);
  }
  Json listed() const {
    const Ran ran = releases({"list", "--json"});
    EXPECT_EQ(ran.exit, 0) << ran.err;
    return Json::parse(ran.out)["releases"];
  }
  bool same_folders(const std::string& a, const std::string& b) const {
    return std::system(("diff -r '" + (folder / a).string() + "' '" + (folder / b).string() +
                        "' >/dev/null")
                           .c_str()) == 0;
  }

  const Folder folder;
  const std::string vault = copy_of_panel(folder / "panel.vault");
};

// The number of a patient at the source, born in these years.
std::string somebody_born(int first, int last) {
  std::istringstream lines(text_of(small_panel() / "send" / "patients.csv"));
  std::string line;
  for (std::getline(lines, line); std::getline(lines, line);) {
    std::istringstream cells(line);
    std::string id, practice, born;
    std::getline(cells, id, ',');
    std::getline(cells, practice, ',');
    std::getline(cells, born, ',');
    if (std::stoi(born) >= first && std::stoi(born) <= last) {
      return id;
    }
  }
  return {};
}

TEST_F(Releases, APatientIsToldWhichOnesCountedThem) {
  ASSERT_EQ(release("one").exit, 0);
  const std::string key = folder / "requester.key";
  ASSERT_EQ(run_parcours({"key", "make", key, "--name", "Requester"}).exit, 0);
  const auto told = [&](const std::string& patient) {
    write(folder / "who", patient);
    fs::permissions(folder / "who", fs::perms::owner_read | fs::perms::owner_write);
    const Ran ran = run_parcours({"vault", "subject", vault, "--key", small_panel_key(),
                                  "--patient-file", folder / "who", "--for", key + ".pub",
                                  "--language", "en", "--out", folder / (patient + ".letter")});
    EXPECT_EQ(ran.exit, 0) << ran.err;
    return run_parcours({"key", "open", folder / (patient + ".letter"), "--key", key}).out;
  };
  EXPECT_THAT(told(somebody_born(1950, 2000)), HasSubstr("  Adults\n"));
  EXPECT_THAT(told(somebody_born(2010, 2023)), testing::Not(HasSubstr("Adults")));
}

TEST_F(Releases, AreRememberedAndListed) {
  EXPECT_THAT(releases({"list"}).out, HasSubstr("No release was made from this vault yet"));
  ASSERT_EQ(release("one").exit, 0);
  write(folder / "study.toml", with(good_study(), "[18, 99]", "[30, 99]"));
  ASSERT_EQ(release("two").exit, 0);
  const Json all = listed();
  ASSERT_EQ(all.size(), 2);
  EXPECT_EQ(all[1]["release"], 2);
  EXPECT_GT(all[0]["patients"], all[1]["patients"]);
  EXPECT_TRUE(all[0]["withdrawn"].is_null());
  EXPECT_THAT(releases({"show", "2"}).out, HasSubstr("Release 2"));
  EXPECT_THAT(releases({"show", "3"}).err, HasSubstr("numbered from 1 to 2"));
  EXPECT_EQ(releases({"show", "3"}).exit, 2);
  const Json compared = Json::parse(releases({"compare", "1", "2", "--json"}).out);
  EXPECT_FALSE(compared["same_population"]);
  EXPECT_EQ(compared["patients"]["second_only"], 0);
  EXPECT_GT(compared["patients"]["first_only"], 0);
  const Json room =
      Json::parse(releases({"status", "--rules", folder / "france-2026.toml", "--json"}).out);
  EXPECT_EQ(room["populations"].size(), 2);
  EXPECT_EQ(run_parcours({"vault", "check", vault}).exit, 0);
  EXPECT_EQ(run_parcours({"vault", "check", vault}).out.find("past"), std::string::npos);
}

// The same but for its last day, and then with another condition.
TEST_F(Releases, OfAStudyThatIsAskedAgainAreItsEditions) {
  ASSERT_EQ(release("one").exit, 0);
  const std::string later = with(good_study(), "2025-12-31", "2025-11-30");
  write(folder / "study.toml", later);
  ASSERT_EQ(release("two").exit, 0);
  write(folder / "study.toml", with(later, "[18, 99]", "[30, 99]"));
  const Ran other = release("three");
  ASSERT_EQ(other.exit, 0);
  EXPECT_THAT(other.out, HasSubstr("an earlier release with this id asks something else"));
  const auto editions = [&](const char* a, const char* b) {
    return Json::parse(releases({"compare", a, b, "--json"}).out)["editions_of_one_study"];
  };
  EXPECT_TRUE(editions("1", "2"));
  EXPECT_FALSE(editions("1", "3"));
  EXPECT_THAT(releases({"compare", "1", "2"}).out, HasSubstr("editions of one study"));
  EXPECT_THAT(releases({"show", "2"}).out, HasSubstr("to 30 November 2025"));
  EXPECT_THAT(releases({"withdraw", "2", "--because", "wrong"}).out,
              testing::Not(HasSubstr("Later editions")));
  EXPECT_THAT(releases({"withdraw", "1", "--because", "wrong"}).out, HasSubstr("Later editions"));
}

TEST_F(Releases, OfTheSameQuestionAreTheSameBytesAndRememberedOnce) {
  ASSERT_EQ(release("one").exit, 0);
  ASSERT_EQ(release("again").exit, 0);
  EXPECT_TRUE(same_folders("one", "again"));
  EXPECT_EQ(listed().size(), 1);
}

TEST_F(Releases, AreWithdrawnWithAReason) {
  ASSERT_EQ(release("one").exit, 0);
  EXPECT_EQ(releases({"withdraw", "1"}).exit, 2);
  EXPECT_EQ(releases({"withdraw", "1", "--because", "a wrong mapping"}).exit, 0);
  EXPECT_EQ(listed()[0]["withdrawn"]["because"], "a wrong mapping");
  const Ran twice = releases({"withdraw", "1", "--because", "again"});
  EXPECT_EQ(twice.exit, 2);
  EXPECT_THAT(twice.err, IsOneLine());
}

// Both are asked at once: one waits, and is judged with the other in mind.
TEST_F(Releases, MadeAtOnceAreJudgedOneAfterTheOther) {
  write(folder / "other.toml", with(good_study(), "[18, 99]", "[19, 99]"));
  Ran other;
  std::thread beside([&] {
    other = run_parcours({"release", "--vault", vault, "--study", folder / "other.toml", "--rules",
                          folder / "france-2026.toml", "--key", small_panel_key(), "--out",
                          folder / "other", "--quiet"});
  });
  const Ran one = release("one");
  beside.join();
  EXPECT_EQ(one.exit, 0) << one.err;
  EXPECT_EQ(other.exit, 0) << other.err;
  EXPECT_EQ(listed().size(), 2);
}

// Killed at any moment: what has left is remembered, and made again it is the same.
TEST_F(Releases, KilledAtAnyMomentHaveNotLeftUnremembered) {
  using Clock = std::chrono::steady_clock;
  fs::copy(vault, folder / "before", fs::copy_options::recursive);
  const Clock::time_point began = Clock::now();
  ASSERT_EQ(release("whole").exit, 0);
  const Clock::duration took = Clock::now() - began;
  const int moments = under_sanitizer ? 10 : 30;
  for (int moment = 0; moment < moments; ++moment) {
    fs::remove_all(folder / "out");
    fs::remove_all(vault);
    fs::copy(folder / "before", vault, fs::copy_options::recursive);
    const Clock::time_point until = Clock::now() + took * moment * 5 / (moments * 4);
    const Ran killed = release("out", {.kill_when = [&] { return Clock::now() > until; }});
    EXPECT_TRUE(killed.exit == 0 || killed.exit == -SIGKILL) << killed.exit << killed.err;
    const bool left = fs::exists(folder / "out");
    const std::size_t remembered = listed().size();
    EXPECT_LE(remembered, 1);
    if (left) {
      EXPECT_EQ(remembered, 1) << "at moment " << moment;
      EXPECT_TRUE(same_folders("whole", "out"));
    }
    fs::remove_all(folder / "out");
    ASSERT_EQ(release("out").exit, 0);
    EXPECT_TRUE(same_folders("whole", "out"));
    EXPECT_EQ(listed().size(), 1);
  }
}

}  // namespace
}  // namespace parcours
