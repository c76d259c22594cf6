// What a vault's acts allow, as the command says it: nothing is collected, counted or released
// without a permit in force, and a person without the role enters none.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "command.h"
#include "one_line.h"
#include "story.h"

namespace parcours {
namespace {

using Json = nlohmann::json;
using testing::HasSubstr;
using testing::Not;

const std::string permit_file = std::string(PARCOURS_SOURCE_DIR) + "/tests/permits/dates.toml";

class FormalVault : public testing::Test {
 protected:
  FormalVault() {
    write(folder / "study.toml", good_study());
    write(folder / "rules.toml", good_rules());
    EXPECT_EQ(run({"vault", "create", vault, "--key", key, "--keeper", keeper}).exit, 0);
  }

  static Ran run(std::vector<std::string> words) { return run_parcours(words); }
  Ran enter(const std::string& file, const std::string& signer) const {
    return run({"permit", "enter", vault, file, "--keeper", signer});
  }
  Ran import() const {
    return run({"vault", "import", vault, "--key", key, "--mapping",
                small_panel() / "send" / "mapping.toml", "--quiet"});
  }
  Ran count(const std::string& study = "study.toml") const {
    return run(
        {"study", "run", folder / study, "--vault", vault, "--rules", folder / "rules.toml"});
  }
  std::uint64_t events() const {
    return Json::parse(run({"vault", "status", vault, "--json"}).out)["events"];
  }

  Folder folder;
  const std::string vault = folder / "panel.vault";
  const std::string key = folder / "programme.key";
  const std::string keeper = folder / "keeper.key";
};

TEST_F(FormalVault, TakesNothingWithoutAPermit) {
  const Ran refused = import();
  EXPECT_EQ(refused.exit, 1);
  EXPECT_THAT(refused.err, IsOneLine());
  EXPECT_THAT(refused.err, HasSubstr("permit"));
  EXPECT_EQ(events(), 0);
  ASSERT_EQ(enter(permit_file, keeper).exit, 0);
  EXPECT_EQ(import().exit, 0);
  EXPECT_GT(events(), 0);
  EXPECT_EQ(count().exit, 0);
}

// It names them as the source does; the vault has other names for them.
TEST_F(FormalVault, StudiesThePracticesThatThePermitNames) {
  const std::string permit = with(text_of(permit_file), "practices  = \"all\"",
                                  "practices  = [\"P01\", \"P02\", \"P03\"]");
  write(folder / "some.toml", permit);
  ASSERT_EQ(enter(folder / "some.toml", keeper).exit, 0);
  const Ran imported = import();
  ASSERT_EQ(imported.exit, 0) << imported.err;
  EXPECT_THAT(imported.out, HasSubstr("by its practice"));
  const Ran counted = count();
  EXPECT_EQ(counted.exit, 0) << counted.err;
}

TEST_F(FormalVault, TakesAnActFromAPermitKeeperAlone) {
  ASSERT_EQ(run({"key", "make", folder / "other.key", "--name", "Other"}).exit, 0);
  EXPECT_EQ(enter(permit_file, folder / "other.key").exit, 1);
  ASSERT_EQ(run({"role", "grant", vault, "Other", "--role", "permit-keeper", "--public-key",
                 folder / "other.key.pub", "--keeper", keeper})
                .exit,
            0);
  EXPECT_THAT(run({"role", "list", vault}).out, HasSubstr("Other"));
  EXPECT_EQ(enter(permit_file, folder / "other.key").exit, 0);
  ASSERT_EQ(run({"role", "revoke", vault, "Other", "--role", "permit-keeper", "--public-key",
                 folder / "other.key.pub", "--keeper", keeper})
                .exit,
            0);
  const Ran late = run({"permit", "suspend", vault, "2026-DR-014", "--why", "a test", "--keeper",
                        folder / "other.key"});
  EXPECT_EQ(late.exit, 1);
  EXPECT_THAT(late.err, IsOneLine());
}

TEST_F(FormalVault, IsEmptyForReadersWhileItsPermitIsSuspended) {
  ASSERT_EQ(enter(permit_file, keeper).exit, 0);
  ASSERT_EQ(import().exit, 0);
  const std::uint64_t before = events();
  const auto change = [&](const std::string& action) {
    return run({"permit", action, vault, "2026-DR-014", "--why", "a test", "--keeper", keeper});
  };
  ASSERT_EQ(change("suspend").exit, 0);
  EXPECT_EQ(events(), 0);
  EXPECT_EQ(count().exit, 1);
  ASSERT_EQ(change("resume").exit, 0);
  EXPECT_EQ(events(), before);
  ASSERT_EQ(change("withdraw").exit, 0);
  ASSERT_EQ(run({"vault", "compact", vault}).exit, 0);
  EXPECT_EQ(Json::parse(run({"vault", "status", vault, "--json"}).out)["files"], 0);
  EXPECT_EQ(change("resume").exit, 1);
  EXPECT_THAT(run({"permit", "list", vault}).out, HasSubstr("withdrawn"));
}

TEST_F(FormalVault, TellsNoRiskOfRecordsThatNoPermitCoversToday) {
  ASSERT_EQ(enter(permit_file, keeper).exit, 0);
  ASSERT_EQ(import().exit, 0);
  EXPECT_EQ(run({"risk", vault, "--quiet"}).exit, 0);
  ASSERT_EQ(
      run({"permit", "suspend", vault, "2026-DR-014", "--why", "a doubt", "--keeper", keeper}).exit,
      0);
  const Ran refused = run({"risk", vault, "--quiet"});
  EXPECT_EQ(refused.exit, 1);
  EXPECT_THAT(refused.err, HasSubstr("a permit that covers it must be in force"));
}

TEST_F(FormalVault, SaysWhatAStudyAsksBeyondItsPermit) {
  ASSERT_EQ(enter(permit_file, keeper).exit, 0);
  ASSERT_EQ(import().exit, 0);
  const auto check = [&](const std::string& study) {
    return run(
        {"permit", "check", folder / study, "--vault", vault, "--rules", folder / "rules.toml"});
  };
  const Ran good = check("study.toml");
  EXPECT_EQ(good.exit, 0) << good.err;
  EXPECT_THAT(good.out, Not(HasSubstr("NO ")));
  write(folder / "wide.toml", with(good_study(), "Observatoire des soins de ville", "A company"));
  const Ran wide = check("wide.toml");
  EXPECT_EQ(wide.exit, 1);
  EXPECT_THAT(wide.out, HasSubstr("NO   A company may not ask studies under this permit."));
  EXPECT_EQ(count("wide.toml").exit, 1);
  write(folder / "sales.toml",
        with(good_study(), "public-health-research", "promotion-of-health-products"));
  const Ran sales = count("sales.toml");
  EXPECT_EQ(sales.exit, 1);
  EXPECT_THAT(sales.err, HasSubstr("L.1461-1"));
}

TEST_F(FormalVault, HoldsAStudyToThePermitOfTheCollectionToo) {
  const std::string text = text_of(permit_file);
  write(folder / "collect.toml",
        with(with(with(text, "2026-DR-014", "COL-1"), R"(["collection", "studies"])",
                  R"(["collection"])"),
             R"(["public-health-research", "teaching"])", R"(["teaching"])"));
  write(folder / "study-permit.toml", with(text, R"(["collection", "studies"])", R"(["studies"])"));
  ASSERT_EQ(enter(folder / "collect.toml", keeper).exit, 0);
  ASSERT_EQ(import().exit, 0);
  ASSERT_EQ(enter(folder / "study-permit.toml", keeper).exit, 0);
  const Ran refused = count();
  EXPECT_EQ(refused.exit, 1);
  EXPECT_THAT(refused.err, HasSubstr("Permit COL-1, under which records were collected"));
}

TEST_F(FormalVault, LetsNothingLeaveThatThePermitOfTheCollectionKeepsInside) {
  const std::string text = text_of(permit_file);
  write(folder / "collect.toml",
        with(with(text, "2026-DR-014", "COL-1"), R"(["counts", "means"])", R"(["means"])"));
  ASSERT_EQ(enter(folder / "collect.toml", keeper).exit, 0);
  ASSERT_EQ(import().exit, 0);
  ASSERT_EQ(enter(permit_file, keeper).exit, 0);
  const Ran refused = count();
  EXPECT_EQ(refused.exit, 1);
  EXPECT_THAT(refused.err, HasSubstr("Permit COL-1, under which records were collected, lets no "
                                     "counts leave"));
}

TEST_F(FormalVault, TakesAnOldActOnlyOnce) {
  ASSERT_EQ(enter(permit_file, keeper).exit, 0);
  ASSERT_EQ(import().exit, 0);
  const auto change = [&](const std::string& action, const std::vector<std::string>& how) {
    std::vector<std::string> words = {"permit", action, vault, "2026-DR-014", "--why", "a doubt"};
    words.insert(words.end(), how.begin(), how.end());
    return run(words).exit;
  };
  const std::string draft = folder / "resume.toml";
  ASSERT_EQ(change("suspend", {"--keeper", keeper}), 0);
  ASSERT_EQ(change("resume", {"--draft", draft}), 0);
  ASSERT_EQ(enter(draft, keeper).exit, 0);
  ASSERT_EQ(change("suspend", {"--keeper", keeper}), 0);
  const Ran again = enter(draft, keeper);
  EXPECT_EQ(again.exit, 1);
  EXPECT_THAT(again.err, IsOneLine());
  EXPECT_EQ(events(), 0);
}

TEST_F(FormalVault, SaysWhatAPermitThatBeginsLaterStops) {
  ASSERT_EQ(enter(permit_file, keeper).exit, 0);
  write(folder / "later.toml",
        with(with(text_of(permit_file), R"(reference = "2026-DR-014")",
                  "reference = \"LATER\"\nsupersedes = \"2026-DR-014\""),
             "valid     = [2000-01-01, 2199-12-31]", "valid = [2190-01-01, 2199-12-31]"));
  const Ran entered = enter(folder / "later.toml", keeper);
  EXPECT_EQ(entered.exit, 0) << entered.err;
  EXPECT_THAT(entered.out, HasSubstr("permit LATER begins on 2190-01-01"));
  EXPECT_THAT(entered.out, HasSubstr("Permit 2026-DR-014, whose place it took, is not in force"));
}

TEST_F(FormalVault, SaysWhatAPermitWidensBeforeItIsSignedAndWhenItIsEntered) {
  ASSERT_EQ(enter(permit_file, keeper).exit, 0);
  const std::string next = folder / "next.toml";
  write(next, with(with(text_of(permit_file), R"(reference = "2026-DR-014")",
                        "reference = \"NEXT\"\nsupersedes = \"2026-DR-014\""),
                   R"(["public-health-research", "teaching"])",
                   R"(["public-health-research", "teaching", "statistics"])"));
  const std::string widens = "New purposes: statistics of public interest";
  EXPECT_THAT(run({"permit", "read", next, "--vault", vault}).out, HasSubstr(widens));
  const Ran entered = enter(next, keeper);
  EXPECT_EQ(entered.exit, 0) << entered.err;
  EXPECT_THAT(entered.out, HasSubstr("It allows more than permit 2026-DR-014"));
  EXPECT_THAT(entered.out, HasSubstr(widens));
}

TEST_F(FormalVault, SaysThatTheRecordsOfAnEndedPermitStayDead) {
  const std::string ended = folder / "ended.toml";
  write(ended, with(text_of(permit_file), "valid     = [2000-01-01, 2199-12-31]",
                    "valid = [2000-01-01, 2020-12-31]"));
  ASSERT_EQ(enter(ended, keeper).exit, 0);
  const std::string next = folder / "next.toml";
  write(next, with(text_of(permit_file), R"(reference = "2026-DR-014")",
                   "reference = \"NEXT\"\nsupersedes = \"2026-DR-014\""));
  const Ran entered = enter(next, keeper);
  EXPECT_EQ(entered.exit, 0) << entered.err;
  EXPECT_THAT(entered.out, HasSubstr("Permit 2026-DR-014 ended on 2020-12-31, before permit NEXT"));
  EXPECT_THAT(entered.out, HasSubstr("stay dead"));
}

TEST_F(FormalVault, HoldsAStudyToWhatThePatientsConsentedTo) {
  const std::string text = text_of(permit_file);
  write(folder / "consent.toml",
        with(with(with(text, "2026-DR-014", "COL-1"), "made-up-data", "explicit-consent"),
             R"(["public-health-research", "teaching"])", R"(["teaching"])"));
  write(folder / "next.toml", with(text, R"(reference = "2026-DR-014")",
                                   "reference = \"2026-DR-014\"\nsupersedes = \"COL-1\""));
  ASSERT_EQ(enter(folder / "consent.toml", keeper).exit, 0);
  ASSERT_EQ(import().exit, 0);
  ASSERT_EQ(enter(folder / "next.toml", keeper).exit, 0);
  const Ran refused = count();
  EXPECT_EQ(refused.exit, 1);
  EXPECT_THAT(refused.err,
              HasSubstr("consented under permit COL-1, which does not name the purpose "
                        "public-health-research"));
}

TEST_F(FormalVault, TakesAnActThatWasSignedElsewhere) {
  const std::string draft = folder / "act.toml";
  ASSERT_EQ(run({"key", "make", folder / "p.key", "--name", "cabinet"}).exit, 0);
  ASSERT_EQ(run({"practice", "admit", vault, "cabinet-012", "--public-key", folder / "p.key.pub",
                 "--draft", draft})
                .exit,
            0);
  EXPECT_THAT(run({"practice", "list", vault}).out, Not(HasSubstr("cabinet-012")));
  ASSERT_EQ(run({"permit", "sign", draft, "--key", keeper}).exit, 0);
  ASSERT_EQ(run({"permit", "enter", vault, draft}).exit, 0);
  EXPECT_THAT(run({"practice", "list", vault}).out, HasSubstr("cabinet-012"));
  // It serves in no other vault.
  const std::string other = folder / "other.vault";
  ASSERT_EQ(run({"vault", "create", other, "--key", folder / "other", "--keeper", keeper}).exit, 0);
  EXPECT_EQ(run({"permit", "enter", other, draft}).exit, 1);
}

// What a release says where the permit asks for signatures.
TEST_F(FormalVault, ReleasesAStudyOnlyOnceTheDataTeamAndACheckerHaveSignedIt) {
  write(folder / "signed.toml",
        with(text_of(permit_file), "uses ", "signatures = [\"data-team\", \"checker\"]\nuses "));
  ASSERT_EQ(enter(folder / "signed.toml", keeper).exit, 0);
  ASSERT_EQ(import().exit, 0);
  const std::vector<std::string> papers = {"--vault", vault, "--rules", folder / "rules.toml"};
  const auto with_papers = [&](std::vector<std::string> words) {
    words.insert(words.end(), papers.begin(), papers.end());
    return run(words);
  };
  const auto check = [&] { return with_papers({"permit", "check", folder / "study.toml"}); };
  EXPECT_EQ(check().exit, 1);
  EXPECT_EQ(count().exit, 0);  // what stays inside needs no signature
  for (const std::string role : {"data-team", "checker"}) {
    const std::string own = folder / (role + ".key");
    ASSERT_EQ(run({"key", "make", own, "--name", role}).exit, 0);
    const auto sign = [&] {
      return with_papers({"study", "sign", folder / "study.toml", "--role", role, "--key", own});
    };
    EXPECT_THAT(sign().err, HasSubstr("nobody has the role " + role));
    ASSERT_EQ(run({"role", "grant", vault, "The " + role, "--role", role, "--public-key",
                   own + ".pub", "--keeper", keeper})
                  .exit,
              0);
    EXPECT_EQ(sign().exit, 0);
  }
  const Ran checked = check();
  EXPECT_EQ(checked.exit, 0) << checked.out;
  EXPECT_THAT(checked.out, HasSubstr("The checker has signed the study, as a checker."));
}

}  // namespace
}  // namespace parcours
