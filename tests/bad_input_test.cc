// What users get wrong: each has one clear error, its exit code, and nothing half-written.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sqlite3.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>

#include "command.h"
#include "one_line.h"
#include "story.h"

namespace parcours {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

// One line that begins with the program's name.
struct ReleaseTry {
  std::string study = good_study();
  std::string rules = good_rules();
  fs::path vault = small_panel() / "panel.vault";
  std::string key = small_panel_key();
  RunOptions options = {};
};

// Tries to release, and checks that a refusal leaves nothing behind.
Ran try_release(const ReleaseTry& what) {
  const Folder folder;
  write(folder / "study.toml", what.study);
  write(folder / "france-2026.toml", what.rules);
  const Ran ran = run_parcours(
      {"release", "--vault", what.vault, "--study", folder / "study.toml", "--rules",
       folder / "france-2026.toml", "--key", what.key, "--out", folder / "out", "--quiet"},
      what.options);
  if (ran.exit != 0) {
    EXPECT_FALSE(fs::exists(folder / "out"));
    EXPECT_EQ(std::distance(fs::directory_iterator(folder.path()), fs::directory_iterator()), 2)
        << "something is left beside the study and the rules";
  } else {
    EXPECT_TRUE(fs::exists(folder / "out" / "report.html"));
  }
  return ran;
}

TEST(BadInput, AReleaseToNoFolderIsRefusedBeforeAnythingIsCounted) {
  const Ran ran = run_parcours({"release", "--vault", "no.vault", "--study", "no.toml", "--rules",
                                "no.toml", "--key", "no.key", "--out", ""});
  EXPECT_EQ(ran.exit, 2);
  EXPECT_THAT(ran.err, HasSubstr("--out: no folder is named"));
}

TEST(BadInput, WhatIsRightIsReleased) {
  const Folder folder;
  const Ran ran = try_release({.vault = copy_of_panel(folder / "panel.vault")});
  EXPECT_EQ(ran.exit, 0) << ran.err;
}

TEST(BadInput, AStudyWithATypoIsAnsweredWithTheNearestName) {
  const Ran ran = try_release({.study = with(good_study(), "diagnosis:I10*", "diagnossis:I10*")});
  EXPECT_EQ(ran.exit, 2);
  EXPECT_THAT(ran.err, IsOneLine());
  EXPECT_THAT(ran.err, HasSubstr("study.toml:17"));
  EXPECT_THAT(ran.err, HasSubstr("did you mean 'diagnosis"));
}

TEST(BadInput, AnUnknownCodeIsNamed) {
  const Ran ran = try_release({.study = with(good_study(), "diagnosis:I10*", "diagnosis:X99*")});
  EXPECT_EQ(ran.exit, 2);
  EXPECT_THAT(ran.err, IsOneLine());
  EXPECT_THAT(ran.err, HasSubstr("X99"));
}

TEST(BadInput, AnEmptyPopulationIsSaid) {
  const Ran ran = try_release({.study = with(good_study(), "[18, 99]", "[140, 150]")});
  EXPECT_EQ(ran.exit, 2);
  EXPECT_THAT(ran.err, IsOneLine());
}

TEST(BadInput, APeriodOutsideTheVaultIsSaid) {
  const Ran ran = try_release(
      {.study = with(with(good_study(), "2023-01-01, 2025-12-31", "1999-01-01, 1999-12-31"),
                     "index = 2024-01-01", "index = 1999-06-01")});
  EXPECT_EQ(ran.exit, 2);
  EXPECT_THAT(ran.err, IsOneLine());
  EXPECT_THAT(ran.err, HasSubstr("study.toml:7"));
}

TEST(BadInput, AMissingRuleIsNamed) {
  const Ran ran =
      try_release({.rules = with(good_rules(), "[patients_min]", "[patients_minimum]")});
  EXPECT_EQ(ran.exit, 2);
  EXPECT_THAT(ran.err, IsOneLine());
  EXPECT_THAT(ran.err, HasSubstr("patients_min"));
}

TEST(BadInput, AnAbsurdRuleIsNamed) {
  const Ran ran = try_release({.rules = with(good_rules(), "value   = 0.85", "value   = 85")});
  EXPECT_EQ(ran.exit, 2);
  EXPECT_THAT(ran.err, IsOneLine());
  EXPECT_THAT(ran.err, HasSubstr("france-2026.toml:"));
}

// A copy of the small vault, to be harmed.
class Vaults : public testing::Test {
 protected:
  Vaults() { fs::copy(small_panel() / "panel.vault", vault, fs::copy_options::recursive); }

  Ran status(const RunOptions& options = {}) const {
    return run_parcours({"vault", "status", vault}, options);
  }
  Ran import(const RunOptions& options = {}) const {
    return run_parcours(
        {"vault", "import", vault, "--key", small_panel() / "programme.key", "--mapping",
         small_panel() / "send" / "mapping.toml", "--period", "again", "--quiet"},
        options);
  }

  // Whether the vault may be written by its owner.
  void allow(bool writing) const {
    const fs::perms write = fs::perms::owner_write;
    const auto how = writing ? fs::perm_options::add : fs::perm_options::remove;
    fs::permissions(vault, write, how);
    for (const auto& entry : fs::recursive_directory_iterator(vault)) {
      fs::permissions(entry.path(), write, how);
    }
  }

  Folder folder;
  fs::path vault = folder / "panel.vault";
  const RunOptions bound = {.bound_by_permissions = true};
};

TEST_F(Vaults, ANewerFormatIsRefused) {
  sqlite3* catalog = nullptr;
  ASSERT_EQ(sqlite3_open((vault / "catalog.sqlite").c_str(), &catalog), SQLITE_OK);
  ASSERT_EQ(sqlite3_exec(catalog, "PRAGMA user_version = 999", nullptr, nullptr, nullptr),
            SQLITE_OK);
  sqlite3_close(catalog);
  const Ran ran = status();
  EXPECT_EQ(ran.exit, 2);
  EXPECT_THAT(ran.err, IsOneLine());
  EXPECT_THAT(ran.err, HasSubstr("999"));
}

TEST_F(Vaults, AHalfCopiedVaultNamesWhatIsMissing) {
  fs::remove_all(vault / "events" / "bucket=07");
  const Ran ran = try_release({.vault = vault});
  EXPECT_EQ(ran.exit, 2);
  EXPECT_THAT(ran.err, IsOneLine());
  EXPECT_THAT(ran.err, HasSubstr("bucket=07"));
}

TEST_F(Vaults, AReadOnlyVaultIsReadAndTakesNoImport) {
  for (const bool released : {false, true}) {
    if (released) {
      ASSERT_EQ(try_release({.vault = vault}).exit, 0);
    }
    allow(false);
    EXPECT_EQ(status(bound).exit, 0);
    const Ran release = try_release({.vault = vault, .options = bound});
    EXPECT_EQ(release.exit, 3) << release.err;  // it must be remembered there
    EXPECT_THAT(release.err, HasSubstr("the vault keeps what was released"));
    allow(true);
  }
  allow(false);
  for (const Ran& ran : {import(bound), run_parcours({"vault", "compact", vault}, bound)}) {
    EXPECT_EQ(ran.exit, 3);
    EXPECT_THAT(ran.err, IsOneLine());
    EXPECT_THAT(ran.err, HasSubstr("panel.vault"));
  }
  allow(true);
  EXPECT_EQ(status(bound).exit, 0);
}

// The catalog in the midst of a transaction, as a crash leaves it: with a journal to be rolled
// back.
TEST_F(Vaults, AReadOnlyVaultInWhichAChangeWasBrokenOffSaysSo) {
  const std::string before = status().out;
  const fs::path whole = folder / "whole.sqlite";
  fs::copy(vault / "catalog.sqlite", whole);
  sqlite3* catalog = nullptr;
  ASSERT_EQ(sqlite3_open(whole.c_str(), &catalog), SQLITE_OK);
  ASSERT_EQ(sqlite3_exec(catalog,
                         "PRAGMA cache_size = 1; BEGIN IMMEDIATE; UPDATE vault SET sequence = 99;"
                         "CREATE TABLE filler AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT "
                         "i + 1 FROM n WHERE i < 2000) SELECT randomblob(1000) FROM n",
                         nullptr, nullptr, nullptr),
            SQLITE_OK);
  fs::copy(whole, vault / "catalog.sqlite", fs::copy_options::overwrite_existing);
  fs::copy(whole.string() + "-journal", vault / "catalog.sqlite-journal");
  sqlite3_close(catalog);

  allow(false);
  const Ran ran = status(bound);
  EXPECT_EQ(ran.exit, 3);
  EXPECT_THAT(ran.err, IsOneLine());
  EXPECT_THAT(ran.err, HasSubstr("an unfinished change"));
  EXPECT_THAT(ran.err, HasSubstr("read-only"));
  allow(true);
  EXPECT_EQ(status(bound).exit, 0);
  EXPECT_EQ(status().out, before);
  EXPECT_FALSE(fs::exists(vault / "catalog.sqlite-journal"));
}

TEST_F(Vaults, AFullDiskIsTheMachinesFaultAndChangesNothing) {
  const std::string before = status().out;
  const Ran ran = import({.largest_file = 4096});
  EXPECT_EQ(ran.exit, 3) << ran.err;
  EXPECT_THAT(ran.err, IsOneLine());
  EXPECT_EQ(status().out, before);
}

TEST_F(Vaults, CtrlCAtAnyTimeLeavesAVaultThatCanBeRead) {
  for (const double seconds : {0.01, 0.05, 0.1, 0.2, 0.4, 0.8}) {
    const Ran ran = import({.interrupt_after = seconds});
    EXPECT_TRUE(ran.exit == 0 || ran.exit == 130 || ran.exit == -SIGINT) << ran.exit << ran.err;
    EXPECT_EQ(status().exit, 0);
  }
}

TEST_F(Vaults, CtrlCLeavesNoHalfRelease) {
  for (const double seconds : {0.01, 0.05, 0.1, 0.2, 0.4, 0.8}) {
    const Ran ran = try_release({.vault = vault, .options = {.interrupt_after = seconds}});
    EXPECT_TRUE(ran.exit == 0 || ran.exit == 130 || ran.exit == -SIGINT) << ran.exit << ran.err;
  }
}

TEST(BadInput, AKilledReleaseLeavesNothingThatTheNextOneDoesNotSweep) {
  const Folder folder;
  const Folder another;
  const std::string vault = copy_of_panel(another / "panel.vault");
  write(folder / "study.toml", good_study());
  write(folder / "france-2026.toml", good_rules());
  const auto release = [&](const RunOptions& options) {
    return run_parcours({"release", "--vault", vault, "--study", folder / "study.toml", "--rules",
                         folder / "france-2026.toml", "--key", small_panel_key(), "--out",
                         folder / "out", "--quiet"},
                        options);
  };
  const auto folders = [&] {
    std::vector<std::string> names;
    for (const auto& entry : fs::directory_iterator(folder.path())) {
      if (entry.is_directory()) {
        names.push_back(entry.path().filename());
      }
    }
    return names;
  };
  const Ran killed = release({.kill_when = [&] { return !folders().empty(); }});
  EXPECT_EQ(killed.exit, -SIGKILL) << killed.err;
  EXPECT_THAT(folders(), ElementsAre(StartsWith(".out.aside-")));
  const Ran ran = release({});
  EXPECT_EQ(ran.exit, 0) << ran.err;
  EXPECT_THAT(folders(), ElementsAre("out"));
}

TEST(BadInput, AMalformedLineOfAnExportIsNamedAndNotShown) {
  const Folder folder;
  const std::string secret = "Xylander";
  for (const std::string& line :
       {secret + ",2023-01-02,J45," + secret, secret, "\"" + secret + "\" oh,2023-01-02,J45",
        secret + "\xff,2023-01-02,J45", "7," + secret + ",J45"}) {
    std::string text = "patient,day,code\n";
    for (int i = 2; i < 400; ++i) {
      text += i == 300 ? line + "\n" : std::to_string(i) + ",2023-01-02,J45\n";
    }
    write(folder / "export.csv", text);
    for (const std::vector<std::string>& more :
         {std::vector<std::string>{}, {"--json"}, {"--find", "event J45"}}) {
      std::vector<std::string> words = {
          "risk", folder / "export.csv", "--patient", "patient", "--day", "day", "--code", "code"};
      words.insert(words.end(), more.begin(), more.end());
      const Ran ran = run_parcours(words);
      EXPECT_EQ(ran.exit, 2) << line;
      EXPECT_THAT(ran.err, IsOneLine());
      EXPECT_THAT(ran.err, HasSubstr("export.csv"));
      EXPECT_THAT(ran.err + ran.out, Not(HasSubstr(secret)));
    }
  }
}

TEST_F(Vaults, AFullDiskLeavesNoHalfRelease) {
  const Ran ran = try_release({.vault = vault, .options = {.largest_file = 4096}});
  EXPECT_EQ(ran.exit, 3) << ran.err;
  EXPECT_THAT(ran.err, IsOneLine());
}

TEST_F(Vaults, AMappingThatNamesAMissingColumnIsAnsweredWithTheNearest) {
  const fs::path send = small_panel() / "send";
  const std::string mapping = text_of(send / "mapping.toml");
  write(folder / "mapping.toml", with(mapping, "\"birth_year\"", "\"birth_yeer\""));
  const Ran ran = run_parcours({"vault", "import", vault, "--key", small_panel() / "programme.key",
                                "--mapping", folder / "mapping.toml", "--data", send});
  EXPECT_EQ(ran.exit, 2);
  EXPECT_THAT(ran.err, IsOneLine());
  EXPECT_THAT(ran.err, HasSubstr("mapping.toml:"));
  EXPECT_THAT(ran.err, HasSubstr("did you mean 'birth_year'?"));
}

TEST_F(Vaults, TheListOfBadRowsIsWrittenOverNothingThatIsRead) {
  const fs::path send = folder / "send";
  fs::copy(small_panel() / "send", send, fs::copy_options::recursive);
  const auto before = fs::file_size(send / "events.csv");
  for (const fs::path& place : {send / "events.csv", send / "mapping.toml", vault / "new.csv"}) {
    const Ran ran = run_parcours(
        {"vault", "import", vault, "--key", small_panel() / "programme.key", "--mapping",
         send / "mapping.toml", "--period", "again", "--quarantine", place, "--quiet"});
    EXPECT_EQ(ran.exit, 2) << place;
    EXPECT_THAT(ran.err, IsOneLine());
  }
  EXPECT_EQ(fs::file_size(send / "events.csv"), before);
}

TEST(BadInput, AFileThatIsNotWhatItsNameSaysIsSaid) {
  const Folder folder;
  write(folder / "export.parquet", "patient,day,code\n1,2,a\n");
  write(folder / "export.csv.gz", "not gzip, and no columns either");
  for (const std::string name : {"export.parquet", "export.csv.gz"}) {
    const Ran ran = run_parcours(
        {"risk", folder / name, "--patient", "patient", "--day", "day", "--code", "code"});
    EXPECT_EQ(ran.exit, 2) << name;
    EXPECT_THAT(ran.err, IsOneLine());
    EXPECT_THAT(ran.err, HasSubstr(name));
  }
}

TEST_F(Vaults, ALineOfTwoGigabytesIsOneBadRowAndNotTwoGigabytesOfMemory) {
  const fs::path send = folder / "send";
  fs::copy(small_panel() / "send", send, fs::copy_options::recursive);
  fs::resize_file(send / "events.csv",
                  fs::file_size(send / "events.csv") + (std::uintmax_t{2} << 30));
  const Ran ran =
      run_parcours({"vault", "import", vault, "--key", small_panel() / "programme.key", "--mapping",
                    send / "mapping.toml", "--period", "again", "--quiet"});
  EXPECT_EQ(ran.exit, 2);
  EXPECT_THAT(ran.err, IsOneLine());
  EXPECT_THAT(ran.err, HasSubstr("events.csv"));
}

}  // namespace
}  // namespace parcours
