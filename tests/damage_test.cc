// Vaults whose files changed after they were written: no verb gives another answer because of it,
// and none crashes.

#include "vault/testing/damage.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/random.h"
#include "command.h"
#include "story.h"

namespace parcours {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;
using Json = nlohmann::json;

// A copy of the small vault, to be harmed.
class DamagedVault : public testing::Test {
 protected:
  DamagedVault() {
    fs::copy(small_panel() / "panel.vault", vault, fs::copy_options::recursive);
    write(folder / "study.toml", good_study());
    write(folder / "france-2026.toml", good_rules());
  }

  Ran study_run() const {
    return run_parcours({"study", "run", folder / "study.toml", "--vault", vault, "--rules",
                         folder / "france-2026.toml", "--quiet", "--json"});
  }
  Ran check(const std::vector<std::string>& more = {}) const {
    std::vector<std::string> words = {"vault", "check", vault};
    words.insert(words.end(), more.begin(), more.end());
    return run_parcours(words);
  }
  fs::path events_of(int bucket) const {
    return vault / "events" / ("bucket=0" + std::to_string(bucket)) / "000001-00.parquet";
  }

  Folder folder;
  fs::path vault = folder / "panel.vault";
};

TEST_F(DamagedVault, AFlippedBitGivesAnErrorAndNeverAnotherAnswer) {
  const Ran whole = study_run();
  ASSERT_EQ(whole.exit, 0) << whole.err;
  Random random(20260401);
  for (int round = 0; round < 12; ++round) {
    const fs::path file = events_of(static_cast<int>(random.below(8)));
    const std::size_t bit = random.below(static_cast<std::uint32_t>(fs::file_size(file) * 8));
    vault::flip_bit(file, bit);
    const Ran ran = study_run();
    EXPECT_EQ(ran.exit, 2) << file << ", bit " << bit << ": " << ran.err;
    EXPECT_EQ(ran.out, "");
    EXPECT_THAT(ran.err, HasSubstr(file.filename().string()));
    EXPECT_THAT(ran.err, HasSubstr("restore the vault from a copy"));
    EXPECT_EQ(std::ranges::count(ran.err, '\n'), 1);
    vault::flip_bit(file, bit);
  }
  EXPECT_EQ(Json::parse(study_run().out)["tables"], Json::parse(whole.out)["tables"]);
}

TEST_F(DamagedVault, ARowThatNamesACodeThatIsNotThereIsAnErrorOfEveryVerb) {
  ASSERT_TRUE(vault::rewrite(vault, vault::Content::events, 3,
                             "SELECT * REPLACE (CASE WHEN code = (SELECT max(code) FROM rows) THEN "
                             "1234567 ELSE code END AS code) FROM rows"));
  const std::vector<std::vector<std::string>> verbs = {
      {"study", "run", folder / "study.toml", "--vault", vault, "--rules",
       folder / "france-2026.toml", "--quiet"},
      {"release", "--vault", vault, "--study", folder / "study.toml", "--rules",
       folder / "france-2026.toml", "--key", small_panel_key(), "--out", folder / "out", "--quiet"},
      {"risk", vault, "--quiet"},
      {"risk", vault, "--find", "diagnosis J45*", "--quiet"},
      {"vault", "status", vault},
      {"vault", "check", vault}};
  for (const std::vector<std::string>& verb : verbs) {
    const Ran ran = run_parcours(verb);
    EXPECT_EQ(ran.exit, 2) << verb[0] << ' ' << verb[1] << ": " << ran.err;
    EXPECT_THAT(ran.err + ran.out, HasSubstr("has a code that the catalog does not have"));
    EXPECT_THAT(ran.err + ran.out, HasSubstr("bucket=03"));
  }
  EXPECT_FALSE(fs::exists(folder / "out"));
}

TEST_F(DamagedVault, CheckSaysThatAVaultIsWhole) {
  const Ran ran = check();
  EXPECT_EQ(ran.exit, 0) << ran.err;
  EXPECT_THAT(ran.out, HasSubstr("panel.vault is whole"));
  const Json json = Json::parse(check({"--json"}).out);
  EXPECT_TRUE(json["whole"]);
  EXPECT_GT(json["files"], 0);
  EXPECT_GT(json["rows"], 6000);
  EXPECT_TRUE(json["damages"].empty());
  EXPECT_TRUE(json["strangers"].empty());
}

TEST_F(DamagedVault, CheckNamesEveryFileThatIsDamaged) {
  vault::flip_bit(events_of(2), 999);
  fs::remove(events_of(5));
  const Ran ran = check();
  EXPECT_EQ(ran.exit, 2);
  EXPECT_THAT(ran.out, HasSubstr("bucket=02/000001-00.parquet: a file of the vault was changed "
                                 "after it was written"));
  EXPECT_THAT(ran.out, HasSubstr("bucket=05/000001-00.parquet: a file of the vault is missing"));
  EXPECT_THAT(ran.err, HasSubstr("the vault is damaged: 2 damages; restore the vault from a copy"));
  const Json json = Json::parse(check({"--json", "--threads", "1"}).out);
  EXPECT_FALSE(json["whole"]);
  EXPECT_EQ(json["damages"].size(), 2);
}

TEST_F(DamagedVault, CheckTakesMissingRightsForNoDamage) {
  fs::permissions(events_of(2), fs::perms::none);
  const Ran ran = run_parcours({"vault", "check", vault}, {.bound_by_permissions = true});
  EXPECT_EQ(ran.exit, 2);
  EXPECT_THAT(ran.err, HasSubstr("permission denied; ask"));
  EXPECT_THAT(ran.err + ran.out, testing::Not(HasSubstr("damaged")));
}

TEST_F(DamagedVault, ABucketsFolderThatIsALinkIsRefused) {
  const fs::path bucket = events_of(2).parent_path();
  fs::rename(bucket, folder / "elsewhere");
  fs::create_directory_symlink(folder / "elsewhere", bucket);
  for (const std::vector<std::string>& words : std::vector<std::vector<std::string>>{
           {"vault", "forget", vault, "--codes", "icd10"}, {"vault", "compact", vault}}) {
    const Ran ran = run_parcours(words);
    EXPECT_EQ(ran.exit, 2);
    EXPECT_THAT(ran.err, HasSubstr("a bucket's folder is a symbolic link"));
  }
}

TEST_F(DamagedVault, CheckNamesADamagedCatalog) {
  ASSERT_TRUE(vault::Sqlite::open(vault / "catalog.sqlite", vault::Sqlite::Access::write)
                  ->run("UPDATE packages SET patients = patients + 1 WHERE id = 0"));
  const Ran ran = check();
  EXPECT_EQ(ran.exit, 2);
  EXPECT_THAT(ran.out, HasSubstr("catalog.sqlite: the catalog is damaged: its table 'packages' "
                                 "differs from what was written"));
}

TEST_F(DamagedVault, CheckNamesWhatIsNotTheVaults) {
  write(vault / "notes.txt", "hello");
  write(vault / "events" / "bucket=01" / "000009-00.parquet", "hello");
  const Ran ran = check();
  EXPECT_EQ(ran.exit, 0) << ran.err;
  EXPECT_THAT(ran.out, HasSubstr("  events/bucket=01/000009-00.parquet\n  notes.txt\n"));
}

TEST_F(DamagedVault, CheckOfAFolderThatIsNoVaultSaysSo) {
  const Ran ran = run_parcours({"vault", "check", folder.path()});
  EXPECT_EQ(ran.exit, 2);
  EXPECT_THAT(ran.err, HasSubstr("not a vault"));
}

}  // namespace
}  // namespace parcours
