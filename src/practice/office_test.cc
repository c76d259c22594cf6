#include "practice/office.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <fstream>

#include "practice/deeds.h"
#include "practice/step_one.h"
#include "practice/testing/made_practice.h"

namespace parcours::practice {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

TEST(Join, MakesAFolderForItsOwnerAlone) {
  MadePractice made;
  const Result<Joined> joined = made.join();
  ASSERT_TRUE(joined) << joined.error().sentence();
  EXPECT_THAT(joined->public_key, testing::StartsWith("ssh-ed25519 "));
  EXPECT_EQ(fs::status(made.folder()).permissions() & fs::perms::all, fs::perms::owner_all);
  EXPECT_FALSE(made.join()) << "the folder is there";
}

TEST(Join, TakesNoPermitThatNoKeeperOfTheCardHasSigned) {
  MadePractice made;
  const std::string text = *read_file(made.place("permit.toml"));
  const formalities::SigningKey other = post::practice_key(5);
  ASSERT_TRUE(
      write_file(made.place("permit.toml.sig"), other.sign(text, formalities::act_signature)));
  const Result<Joined> joined = made.join();
  EXPECT_EQ(joined.error().fault, Fault::rule);
  EXPECT_THAT(joined.error().sentence(), HasSubstr("no key of a permit-keeper"));
  EXPECT_FALSE(fs::exists(made.folder()));
}

TEST(Join, TakesNoPermitThatWasChanged) {
  MadePractice made;
  std::ofstream(made.place("permit.toml"), std::ios::app) << "# more\n";
  EXPECT_EQ(made.join().error().fault, Fault::rule);
}

TEST(Join, TakesNoPermitOfAnotherPracticeNorWithoutCollection) {
  MadePractice made(Changes{{"covers.practices", "[\"cabinet-013\"]"}});
  EXPECT_THAT(made.join().error().sentence(), HasSubstr("does not cover the practice"));
  made.permit({{"permit.uses", "[\"studies\"]"}});
  EXPECT_THAT(made.join().error().sentence(), HasSubstr("does not allow collection"));
  made.permit({{"permit.valid", "[2020-01-01, 2020-12-31]"}});
  EXPECT_THAT(made.join().error().sentence(), HasSubstr("not in force"));
}

TEST(Join, ComparesTheCardWithTheFingerprintThatWasReadAloud) {
  MadePractice made;
  JoinOptions options = made.options();
  options.fingerprint = "0000 0000";
  EXPECT_EQ(join(options, Language::en).error().fault, Fault::rule);
  options.fingerprint = post::card_fingerprint(
      post::card_of(post::vault_keys(1), {{"Anne Martin", post::practice_key(77).public_key()}}));
  EXPECT_TRUE(join(options, Language::en));
}

TEST(Office, ATornLastLineOfTheLogWasNeverThere) {
  MadePractice made;
  made.ready();
  const std::string before = *read_file(made.folder() / "log");
  for (std::size_t torn = 1; torn < 40; torn += 7) {
    std::ofstream(made.folder() / "log", std::ios::app)
        << std::string_view(R"({"at":"2026-11-27T10:00:00Z","did":"leave"})").substr(0, torn);
    EXPECT_FALSE(made.open().state().left);
    EXPECT_EQ(*read_file(made.folder() / "log"), before);
  }
}

TEST(Office, ALineThatIsNoEntryIsAnErrorWithItsPlace) {
  MadePractice made;
  made.ready();
  std::ofstream(made.folder() / "log", std::ios::app) << "{\"at\":1}\n";
  EXPECT_THAT(Office::open(made.folder(), Language::en).error().sentence(), HasSubstr("log:3"));
}

// G1: the program stopped after it had told the log, and before it destroyed the key.
TEST(Office, FinishesWhatTheLogSays) {
  MadePractice made;
  made.ready();
  std::ofstream(made.folder() / "log", std::ios::app)
      << line_of({.deed = Deed::destroy_key, .at = utc_now(), .key = "all"}) << "\n";
  const Office office = made.open();
  EXPECT_FALSE(fs::exists(key_file(made.folder(), "all")));
  EXPECT_TRUE(office.state().keys.empty());
}

// G2
TEST(Office, IsOpenForOneProgramAtATime) {
  MadePractice made;
  made.ready();
  const Office office = made.open();
  EXPECT_FALSE(Office::open(made.folder(), Language::en));
}

TEST(Entry, ComesBackAsItWas) {
  const Entry entry{.deed = Deed::receipt,
                    .at = "2026-11-27T10:00:00Z",
                    .practice = "a",
                    .vault = "b",
                    .permit = "c",
                    .permit_digest = records::Digest(std::array<unsigned char, 32>{1}),
                    .doctor = "Dr \"d\"\n",
                    .key = "e",
                    .number = 1,
                    .period = "f",
                    .package = records::Digest(std::array<unsigned char, 32>{2}),
                    .patients = 2,
                    .events = 3,
                    .cut = 4,
                    .objections = 5,
                    .outcome = "g",
                    .reason = "h",
                    .next = 6};
  EXPECT_EQ(entry_of(line_of(entry)), entry);
  EXPECT_EQ(line_of(entry).find('\n'), std::string::npos);
  for (const char* bad : {"", "{}", "[]", "{\"at\":\"x\",\"did\":\"fly\"}",
                          "{\"at\":\"x\",\"did\":\"pack\",\"number\":-1}"}) {
    EXPECT_EQ(entry_of(bad), std::nullopt) << bad;
  }
}

TEST(StepOne, LabelsFollowThePermit) {
  const Day day = *day_of(2026, 11, 27);
  EXPECT_EQ(label_of(formalities::NewKeys::never, day), "all");
  EXPECT_EQ(label_of(formalities::NewKeys::year, day), "2026");
  EXPECT_EQ(label_of(formalities::NewKeys::month, day), "2026-11");
  EXPECT_TRUE(is_label("all") && is_label("2026") && is_label("2026-11"));
  EXPECT_FALSE(is_label("../x") || is_label("") || is_label("20261") || is_label("2026/11"));
}

}  // namespace
}  // namespace parcours::practice
