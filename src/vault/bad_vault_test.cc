// Vaults that are not as they should be: one clear error each.

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>

#include "vault/catalog.h"
#include "vault/compact.h"
#include "vault/testing/worlds.h"

namespace parcours::vault {
namespace {

namespace fs = std::filesystem;

SmallVault small_vault() {
  SmallVault small = *SmallVault::make({.buckets = 2});
  EXPECT_TRUE(small.import({{"P1",
                             "2024",
                             {{.id = {1, 1}}, {.id = {2, 2}}},
                             {{.patient = {1, 1}}, {.patient = {2, 2}}}}}));
  return small;
}

std::string text_of_file(const fs::path& path) {
  std::ifstream file(path);
  return {std::istreambuf_iterator<char>(file), {}};
}

TEST(BadVault, AFolderThatIsNoVault) {
  const SmallVault small = small_vault();
  const Result<Vault> vault = Vault::open(small.path() / "events");
  ASSERT_FALSE(vault);
  EXPECT_EQ(vault.error().fault, Fault::input);
  EXPECT_EQ(vault.error().found, "this is not a vault: it has no catalog");
  EXPECT_FALSE(Import::begin(small.path() / "events", small.key(), {}));
  EXPECT_FALSE(fs::exists(small.path() / "events" / "writer.lock"));
}

TEST(BadVault, AnotherFormat) {
  for (const char* format : {"1", "2", "3", "4", "5", "6", "7", "9"}) {
    const SmallVault small = small_vault();
    ASSERT_TRUE(Sqlite::open(small.path() / "catalog.sqlite", Sqlite::Access::write)
                    ->run(std::string("PRAGMA user_version = ") + format));
    const Result<Vault> vault = small.open();
    ASSERT_FALSE(vault);
    EXPECT_EQ(vault.error().fault, Fault::input);
    EXPECT_EQ(vault.error().found,
              "the vault has format " + std::string(format) + ", but this program reads format 8");
    EXPECT_FALSE(Import::begin(small.path(), small.key(), {}));
  }
}

TEST(BadVault, AnotherProgramsDatabase) {
  const SmallVault small = small_vault();
  ASSERT_TRUE(Sqlite::open(small.path() / "catalog.sqlite", Sqlite::Access::write)
                  ->run("PRAGMA application_id = 7"));
  EXPECT_EQ(small.open().error().found, "this is not the catalog of a vault");
}

TEST(BadVault, ACatalogThatIsNoDatabase) {
  const SmallVault small = small_vault();
  std::ofstream(small.path() / "catalog.sqlite")
      << "a letter to a friend, of more than a hundred bytes: SQLite says that a shorter file is "
         "an empty database";
  const Result<Vault> vault = small.open();
  ASSERT_FALSE(vault);
  EXPECT_EQ(vault.error().fault, Fault::input);
}

TEST(BadVault, AHalfCopyNamesTheFirstFileThatIsMissing) {
  const SmallVault small = small_vault();
  fs::remove(small.path() / "events" / "bucket=01" / "000001-00.parquet");
  const Result<Vault> vault = small.open();
  ASSERT_FALSE(vault);
  EXPECT_EQ(vault.error().fault, Fault::input);
  EXPECT_TRUE(vault.error().where.ends_with("events/bucket=01/000001-00.parquet"));
  EXPECT_FALSE(Import::begin(small.path(), small.key(), {}));
}

TEST(BadVault, ATruncatedFileIsToldByItsSize) {
  const SmallVault small = small_vault();
  fs::resize_file(small.path() / "patients" / "bucket=00" / "000001-00.parquet", 10);
  const Result<Vault> vault = small.open();
  ASSERT_FALSE(vault);
  EXPECT_TRUE(vault.error().found.starts_with("the file has 10 bytes, but the catalog says"));
}

TEST(BadVault, AnOlderFormatIsToBeMadeAnew) {
  const SmallVault small = small_vault();
  ASSERT_TRUE(Sqlite::open(small.path() / "catalog.sqlite", Sqlite::Access::write)
                  ->run("PRAGMA user_version = 2"));
  const Result<Vault> vault = small.open();
  ASSERT_FALSE(vault);
  EXPECT_EQ(vault.error().fault, Fault::input);
  EXPECT_EQ(vault.error().found, "the vault has format 2, but this program reads format 8");
  EXPECT_EQ(vault.error().right, "create a new vault, and import the sources' files again");
}

TEST(BadVault, WithoutItsKeyItIsReadAndTakesNothingIn) {
  const SmallVault small = small_vault();
  fs::remove(std::get<records::KeyFile>(small.key()).path);
  EXPECT_TRUE(small.open());
  const Result<Import> import = Import::begin(small.path(), small.key(), {});
  ASSERT_FALSE(import);
  EXPECT_EQ(import.error().fault, Fault::input);
  EXPECT_EQ(import.error().where, std::get<records::KeyFile>(small.key()).path.string());
}

// G2 of key_source.h.
TEST(BadVault, G2_AnotherVaultsKeyIsRefusedByNameAndNothingChanges) {
  const SmallVault small = small_vault();
  const SmallVault other = small_vault();
  const Result<Import> import = Import::begin(small.path(), other.key(), {});
  ASSERT_FALSE(import);
  EXPECT_EQ(import.error().fault, Fault::input);
  EXPECT_EQ(import.error().found, "this is not the key that this vault was created with");
  EXPECT_TRUE(small.import({{"P1", "2025", {}, {{.patient = {1, 1}}}}}));
  EXPECT_EQ(small.open()->event_count(), 3);
}

TEST(BadVault, ACatalogThatKeepsNonsenseOfItsKey) {
  for (const char* nonsense : {"DELETE FROM key", "UPDATE key SET check_value = 'abc'",
                               "UPDATE key SET salt = '00', operations = 3, memory = 268435456",
                               "UPDATE key SET salt = check_value, operations = 3, memory = 1",
                               "UPDATE key SET salt = check_value, operations = 3, memory = -1"}) {
    const SmallVault small = small_vault();
    ASSERT_TRUE(
        Sqlite::open(small.path() / "catalog.sqlite", Sqlite::Access::write)->run(nonsense));
    const Result<Vault> vault = small.open();
    ASSERT_FALSE(vault) << nonsense;
    EXPECT_EQ(vault.error().fault, Fault::input);
  }
}

TEST(BadVault, TwoImportsAtOnce) {
  const SmallVault small = small_vault();
  const Import first = *Import::begin(small.path(), small.key(), {});
  const Result<Import> second = Import::begin(small.path(), small.key(), {});
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().found, "another program holds this lock");
  Progress progress(Progress::Manner::none);
  const Stop stop;
  EXPECT_FALSE(compact(small.path(), progress, stop));
}

TEST(BadVault, AReadOnlyVaultIsReadAndNotWritten) {
  if (::geteuid() != 0) {
    GTEST_SKIP() << "needs root, to become a user who may read a vault and not write it";
  }
  const SmallVault small = small_vault();
  for (fs::path part = small.path(); part != part.root_path(); part = part.parent_path()) {
    if (part.string().starts_with("/dev/shm/") || part.string().starts_with("/tmp/")) {
      fs::permissions(part, fs::perms::others_read | fs::perms::others_exec, fs::perm_options::add);
    }
  }
  for (const auto& part : fs::recursive_directory_iterator(small.path())) {
    fs::permissions(part, fs::perms::others_read | fs::perms::others_exec, fs::perm_options::add);
  }
  // Who may not read the key's file may still have the key.
  const records::KeySource key =
      records::KeyCommand{"echo " + text_of_file(std::get<records::KeyFile>(small.key()).path)};
  const pid_t child = ::fork();
  if (child == 0) {
    const bool other = ::setgid(65534) == 0 && ::setuid(65534) == 0;
    const bool reads = small.open().has_value();
    const Result<Import> import = Import::begin(small.path(), key, {});
    const bool refused = !import && import.error().fault == Fault::machine;
    ::_exit(!other ? 1 : !reads ? 2 : !refused ? 3 : 0);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  ASSERT_TRUE(WIFEXITED(status));
  EXPECT_EQ(WEXITSTATUS(status), 0)
      << "1: could not become another user; 2: did not read; 3: did not refuse to write";
}

TEST(BadVault, CreateRefusesAPlaceThatIsTaken) {
  const SmallVault small = small_vault();
  const Result<Vault> again = Vault::create(small.path(), {}, {});
  ASSERT_FALSE(again);
  EXPECT_EQ(again.error().fault, Fault::input);
  EXPECT_EQ(small.open()->event_count(), 2);
}

TEST(BadVault, CreateRefusesNoBuckets) {
  const SmallVault small = small_vault();
  EXPECT_FALSE(Vault::create(small.path().parent_path() / "other", {}, {.buckets = 0}));
  EXPECT_FALSE(fs::exists(small.path().parent_path() / "other"));
}

}  // namespace
}  // namespace parcours::vault
