// What users get wrong: each has one clear error, its exit code, and nothing half-written.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sqlite3.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>

#include "command.h"
#include "story.h"

namespace parcours {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

// One line that begins with the program's name.
MATCHER(IsOneLine, "is one line of error") {
  return std::ranges::count(arg, '\n') == 1 && arg.starts_with("parcours: ");
}

struct ReleaseTry {
  std::string study = good_study();
  std::string rules = good_rules();
  fs::path vault = small_panel() / "panel.vault";
  RunOptions options = {};
};

// Tries to release, and checks that a refusal leaves nothing behind.
Ran try_release(const ReleaseTry& what) {
  const Folder folder;
  write(folder / "study.toml", what.study);
  write(folder / "france-2026.toml", what.rules);
  const Ran ran =
      run_parcours({"release", "--vault", what.vault, "--study", folder / "study.toml", "--rules",
                    folder / "france-2026.toml", "--out", folder / "out", "--quiet"},
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

TEST(BadInput, WhatIsRightIsReleased) {
  const Ran ran = try_release({});
  EXPECT_EQ(ran.exit, 0) << ran.err;
}

TEST(BadInput, AStudyWithATypoIsAnsweredWithTheNearestName) {
  const Ran ran = try_release({.study = with(good_study(), "diagnosis:I10*", "diagnossis:I10*")});
  EXPECT_EQ(ran.exit, 2);
  EXPECT_THAT(ran.err, IsOneLine());
  EXPECT_THAT(ran.err, HasSubstr("study.toml:15"));
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
  EXPECT_THAT(ran.err, HasSubstr("study.toml:5"));
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

  Ran status() const { return run_parcours({"vault", "status", vault}); }
  Ran import(const RunOptions& options = {}) const {
    return run_parcours({"vault", "import", vault, "--mapping",
                         small_panel() / "send" / "mapping.toml", "--period", "again", "--quiet"},
                        options);
  }

  Folder folder;
  fs::path vault = folder / "panel.vault";
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

TEST_F(Vaults, AReadOnlyVaultTakesNoImport) {
  for (const auto& entry : fs::recursive_directory_iterator(vault)) {
    fs::permissions(entry.path(), fs::is_directory(entry) ? fs::perms(0555) : fs::perms(0444));
  }
  fs::permissions(vault, fs::perms(0555));
  const Ran ran = import({.bound_by_permissions = true});
  EXPECT_NE(ran.exit, 0);
  EXPECT_THAT(ran.err, IsOneLine());
  EXPECT_EQ(status().exit, 0);
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
    const Ran ran = try_release({.options = {.interrupt_after = seconds}});
    EXPECT_TRUE(ran.exit == 0 || ran.exit == 130 || ran.exit == -SIGINT) << ran.exit << ran.err;
  }
}

TEST_F(Vaults, AFullDiskLeavesNoHalfRelease) {
  const Ran ran = try_release({.options = {.largest_file = 4096}});
  EXPECT_EQ(ran.exit, 3) << ran.err;
  EXPECT_THAT(ran.err, IsOneLine());
}

TEST_F(Vaults, AMappingThatNamesAMissingColumnIsAnsweredWithTheNearest) {
  const fs::path send = small_panel() / "send";
  std::ifstream file(send / "mapping.toml");
  const std::string mapping{std::istreambuf_iterator<char>(file), {}};
  write(folder / "mapping.toml", with(mapping, "\"birth_year\"", "\"birth_yeer\""));
  const Ran ran = run_parcours(
      {"vault", "import", vault, "--mapping", folder / "mapping.toml", "--data", send});
  EXPECT_EQ(ran.exit, 2);
  EXPECT_THAT(ran.err, IsOneLine());
  EXPECT_THAT(ran.err, HasSubstr("mapping.toml:"));
  EXPECT_THAT(ran.err, HasSubstr("did you mean 'birth_year'?"));
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
  const Ran ran = run_parcours({"vault", "import", vault, "--mapping", send / "mapping.toml",
                                "--period", "again", "--quiet"});
  EXPECT_EQ(ran.exit, 2);
  EXPECT_THAT(ran.err, IsOneLine());
  EXPECT_THAT(ran.err, HasSubstr("events.csv"));
}

}  // namespace
}  // namespace parcours
