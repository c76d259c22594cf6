// Vaults that are encrypted: what lies on the disk, and who can open them.

#include <gtest/gtest.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <thread>

#include "base/hex.h"
#include "vault/bucket_file.h"
#include "vault/catalog.h"
#include "vault/compact.h"
#include "vault/encrypt.h"
#include "vault/forget.h"
#include "vault/formal.h"
#include "vault/staging.h"
#include "vault/testing/damage.h"
#include "vault/testing/permits.h"
#include "vault/testing/worlds.h"
#include "vault/vault_check.h"

namespace parcours::vault {
namespace {

namespace fs = std::filesystem;

constexpr const char* planted_code = "PLANTED-CODE-1";
constexpr const char* planted_place = "PLANTED-PLACE-2";
constexpr const char* planted_period = "PLANTED-PERIOD-3";
constexpr records::PatientId planted_patient{0x1122334455667788, 0x99aabbccddeeff10};

SmallPackage planted(const std::string& period = planted_period) {
  SmallPackage package{"P1", period, {}, {}};
  package.patients.push_back({.id = planted_patient, .birth_year = 1980, .place = planted_place});
  package.events.push_back({.patient = planted_patient, .day = 7, .code = planted_code});
  for (std::uint64_t i = 0; i < 2000; ++i) {
    package.patients.push_back({.id = {i, i}, .birth_year = 1980});
    package.events.push_back({.patient = {i, i}, .day = 3});
  }
  return package;
}

std::string bytes_of(std::uint64_t number) {
  std::string bytes(sizeof(number), '\0');
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    bytes[i] = static_cast<char>(number >> (8 * i));
  }
  return bytes;
}

// What would betray what a vault holds, in texts and in the files' own forms; so long that no
// random bytes are one of them.
std::vector<std::string> secrets() {
  std::string pseudonym = bytes_of(planted_patient.low) + bytes_of(planted_patient.high);
  std::ranges::reverse(pseudonym);  // as Parquet has it
  return {planted_code,           planted_place,      planted_period,
          pseudonym.substr(0, 8), "1122334455667788", "DuckDB version",
          "SQLite format",        test_permit,        "CREATE TABLE"};
}

// Every file of the folder that holds one of them, and every name that does.
std::vector<std::string> betrayed(const fs::path& folder) {
  std::vector<std::string> found;
  for (const std::string& secret : secrets()) {
    for (const std::string& file : files_holding(folder, secret)) {
      found.push_back(file + " holds " + secret);
    }
    for (const auto& entry : fs::recursive_directory_iterator(folder)) {
      if (entry.path().filename().string().find(secret) != std::string::npos) {
        found.push_back("the name " + entry.path().filename().string());
      }
    }
  }
  return found;
}

SmallVault encrypted_vault(int buckets = 2) {
  return *SmallVault::make({.calendar = Calendar::days, .buckets = buckets}, AtRest::encrypted);
}

Status compacted(const SmallVault& small) {
  Progress progress(Progress::Manner::none);
  const Stop stop;
  if (const auto done = compact(small.place(), progress, stop); !done) {
    return std::unexpected(done.error());
  }
  return {};
}

// The same test finds everything in a vault that is not encrypted, so it can fail.
TEST(EncryptedVault, TheSearchFindsEachSecretInAVaultThatIsNotEncrypted) {
  const SmallVault small =
      *SmallVault::make({.calendar = Calendar::days, .buckets = 2}, AtRest::plain);
  ASSERT_TRUE(small.import({planted()}));
  ASSERT_TRUE(note_objections(small.place(), {planted_patient}));
  for (const std::string& secret : secrets()) {
    EXPECT_FALSE(files_holding(small.path(), secret).empty()) << secret;
  }
}

TEST(EncryptedVault, NothingOfItIsOnTheDiskInTheClear) {
  const SmallVault small = encrypted_vault();
  EXPECT_EQ(betrayed(small.path()), std::vector<std::string>());
  ASSERT_TRUE(small.import({planted()}));
  EXPECT_EQ(betrayed(small.path()), std::vector<std::string>());
  ASSERT_TRUE(small.import({planted()}));
  ASSERT_TRUE(note_objections(small.place(), {planted_patient}));
  EXPECT_EQ(betrayed(small.path()), std::vector<std::string>());
  ASSERT_TRUE(compacted(small));
  EXPECT_EQ(betrayed(small.path()), std::vector<std::string>());
  Progress progress(Progress::Manner::none);
  ASSERT_TRUE(forget(small.place(), PeriodToForget{planted_period}, progress, Stop()));
  EXPECT_EQ(betrayed(small.path()), std::vector<std::string>());
  EXPECT_EQ(small.open()->event_count(), 0);
}

// Killed while files lie aside, and after each of many delays.
TEST(EncryptedVault, NothingOfAKilledImportIsOnTheDiskInTheClear) {
  const SmallVault small = encrypted_vault();
  using Clock = std::chrono::steady_clock;
  const auto import_for = [&](std::optional<Clock::duration> most) {
    const pid_t child = ::fork();
    if (child == 0) {
      ::_exit(small.import({planted()}) ? 0 : 1);
    }
    if (most) {
      std::this_thread::sleep_for(*most);
      ::kill(child, SIGKILL);
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    return WIFSIGNALED(status);
  };
  const Clock::time_point began = Clock::now();
  ASSERT_FALSE(import_for({}));
  const Clock::duration whole = Clock::now() - began;
  constexpr int points = 30;
  int left_aside = 0;
  int killed = 0;
  for (int point = 0; point < points; ++point) {
    killed += import_for(whole * point / points) ? 1 : 0;
    for (const auto& entry : fs::directory_iterator(small.path())) {
      left_aside += entry.path().filename().string().starts_with("aside-") ? 1 : 0;
    }
    ASSERT_EQ(betrayed(small.path()), std::vector<std::string>()) << point;
  }
  EXPECT_GT(killed, 0);
  EXPECT_GT(left_aside, 0);
  ASSERT_TRUE(small.import({planted()}));
  EXPECT_EQ(small.open()->event_count(), 2001);
}

// DuckDB and SQLite get no other folder to write in either.
TEST(EncryptedVault, WhileItIsWrittenNoFileOfTheProcessHasANameElsewhere) {
  const SmallVault small = encrypted_vault();
  ASSERT_TRUE(small.import({planted()}));
  Import import = *Import::begin(small.place(), small.key(), {.threads = 1});
  const Vault vault = *small.open();
  BucketReader reader = *vault.reader({.day = true});
  ASSERT_TRUE(reader.read(0));
  int in_memory = 0;
  for (const auto& entry : fs::directory_iterator("/proc/self/fd")) {
    std::error_code gone;
    if (entry.path().filename().string().size() == 1 && entry.path().filename() <= "2") {
      continue;  // what the test itself was given
    }
    const std::string name = fs::read_symlink(entry.path(), gone).string();
    in_memory += name.starts_with("/memfd:") ? 1 : 0;
    const bool deleted = name.ends_with(" (deleted)") && !name.starts_with("/memfd:");
    EXPECT_FALSE(deleted) << name;
    if (name.starts_with(small.path().string())) {
      EXPECT_TRUE(name.ends_with(".lock") || fs::is_directory(name)) << name;
    }
  }
  EXPECT_GT(in_memory, 0);
}

TEST(EncryptedVault, ItAnswersAsAVaultThatIsNotEncrypted) {
  const SmallVault small = encrypted_vault();
  const SmallVault plain =
      *SmallVault::make({.calendar = Calendar::days, .buckets = 2}, AtRest::plain);
  for (const SmallVault* one : {&small, &plain}) {
    ASSERT_TRUE(one->import({planted()}));
    ASSERT_TRUE(one->import({planted("2025")}));
    ASSERT_TRUE(note_objections(one->place(), {planted_patient}));
    ASSERT_TRUE(compacted(*one));
  }
  const auto facts = [](const SmallVault& one) {
    std::string text;
    const Vault vault = *one.open();
    BucketReader reader = *vault.reader({.day = true});
    for (int b = 0; b < vault.buckets(); ++b) {
      const Bucket& bucket = **reader.read(b);
      for (std::size_t i = 0; i < bucket.patients(); ++i) {
        const records::Record record = bucket.record(i);
        text += std::to_string(record.patient.id.low);
        for (std::size_t e = 0; e < record.size(); ++e) {
          text += " " + std::to_string(record.days[e].number) + " " +
                  vault.codes().at(record.codes[e]).code;
        }
      }
    }
    return text;
  };
  EXPECT_EQ(facts(small), facts(plain));
  EXPECT_FALSE(facts(small).empty());
}

Error error_unlocking(const Result<VaultPlace>& place) {
  EXPECT_FALSE(place);
  return place ? Error{} : place.error();
}

TEST(EncryptedVault, WithoutItsKeyItIsNotOpened) {
  const SmallVault small = encrypted_vault();
  ASSERT_TRUE(small.import({planted()}));
  const Result<Vault> vault = Vault::open(small.path());
  ASSERT_FALSE(vault);
  EXPECT_EQ(vault.error().fault, Fault::input);
  EXPECT_EQ(vault.error().found, "this vault is encrypted, and no vault key is given");
  Progress progress(Progress::Manner::none);
  EXPECT_FALSE(Import::begin(small.path(), small.key(), {}));
  EXPECT_FALSE(compact(small.path(), progress, Stop()));
  EXPECT_FALSE(forget(small.path(), PeriodToForget{planted_period}, progress, Stop()));
  EXPECT_FALSE(formalities_of(small.path()));
  EXPECT_FALSE(check_vault(small.path(), 1, progress, Stop()));
}

TEST(EncryptedVault, ItIsUnlockedWithItsOwnKeyAlone) {
  const SmallVault small = encrypted_vault();
  ASSERT_TRUE(small.import({planted()}));
  const VaultPlace place = *unlock(small.path(), small.vault_key());
  EXPECT_EQ(Vault::open(place)->event_count(), 2001);

  const Error wrong = error_unlocking(unlock(small.path(), small.key()));  // the programme's
  EXPECT_EQ(wrong.found, "this is not the key that this vault was encrypted with");
  EXPECT_EQ(wrong.fault, Fault::input);
  const fs::path words = small.path().parent_path() / "words";
  ASSERT_TRUE(write_file(words, "correct horse battery staple\n", Readers::owner));
  EXPECT_EQ(error_unlocking(unlock(small.path(), records::PassphraseFile{words})).found,
            "this vault was encrypted with a key, not with a passphrase");
}

TEST(EncryptedVault, AKeyForAVaultThatIsNotEncryptedIsAnError) {
  const SmallVault plain = *SmallVault::make({.buckets = 1});
  const SmallVault other = encrypted_vault(1);
  const Error error = error_unlocking(unlock(plain.path(), other.vault_key()));
  EXPECT_EQ(error.found, "a vault key is given, but this vault is not encrypted");
  const Result<Vault> vault = Vault::open(other.place().at(plain.path()));
  ASSERT_FALSE(vault);
  EXPECT_EQ(vault.error().found, error.found);
  EXPECT_EQ(error_unlocking(unlock(plain.path() / "none", other.vault_key())).found,
            "this is not a vault: it has no catalog");
}

TEST(EncryptedVault, ItsKeyLiesOutsideOfItAndNobodyElseMayReadIt) {
  const SmallVault small = encrypted_vault();
  const fs::path inside = small.path() / "key";
  fs::copy_file(std::get<records::KeyFile>(small.vault_key()).path, inside);
  EXPECT_EQ(error_unlocking(unlock(small.path(), records::KeyFile{inside})).found,
            "the vault's key lies in the vault's folder: who copies the folder could read it");
  const fs::path open = small.path().parent_path() / "open";
  fs::rename(inside, open);
  fs::permissions(open, fs::perms::others_read, fs::perm_options::add);
  EXPECT_FALSE(unlock(small.path(), records::KeyFile{open}));
}

TEST(EncryptedVault, APassphraseUnlocksIt) {
  const SmallVault outer = encrypted_vault();
  const fs::path folder = outer.path().parent_path();
  const fs::path words = folder / "words";
  ASSERT_TRUE(write_file(words, "correct horse battery staple\n", Readers::owner));
  const fs::path path = folder / "second";
  const records::NewKey key =
      *records::new_key(records::PassphraseFile{words}, path, records::KeyOf::vault);
  ASSERT_TRUE(Vault::create(encrypted_place(path, key),
                            records::check_of(records::ProgrammeKey::generate()), {}));
  EXPECT_TRUE(Vault::open(*unlock(path, records::PassphraseFile{words})));
  ASSERT_TRUE(write_file(words, "correct horse battery stapler\n", Readers::owner));
  EXPECT_EQ(error_unlocking(unlock(path, records::PassphraseFile{words})).found,
            "this is not the passphrase that this vault was encrypted with");
  EXPECT_EQ(error_unlocking(unlock(path, outer.vault_key())).found,
            "this vault was encrypted with a passphrase, not with a key");
}

TEST(EncryptedVault, NoBitOfAFileCanChange) {
  const SmallVault small = encrypted_vault(1);
  ASSERT_TRUE(
      small.import({{"P1", "2024", {{.id = ann}}, {{.patient = ann, .day = 3, .code = "J45"}}}}));
  const std::string whole = *all_of(small.place());
  std::vector<fs::path> files;
  for (const auto& entry : fs::recursive_directory_iterator(small.path())) {
    if (entry.is_regular_file() && entry.file_size() > 0) {
      files.push_back(entry.path());
    }
  }
  ASSERT_EQ(files.size(), 3);
  for (const fs::path& file : files) {
    const std::size_t bits = 8 * fs::file_size(file);
    for (std::size_t bit = 0; bit < bits; bit += bit < 1400 ? 37 : 4001) {
      flip_bit(file, bit);
      // From the key on, as a command opens it.
      const Result<VaultPlace> place = unlock(small.path(), small.vault_key());
      const Result<std::string> read =
          place ? all_of(*place) : Result<std::string>(std::unexpected(place.error()));
      ASSERT_FALSE(read) << file << " " << bit;
      EXPECT_EQ(read.error().fault, Fault::input);
      flip_bit(file, bit);
    }
  }
  EXPECT_EQ(*all_of(small.place()), whole);
}

TEST(EncryptedVault, FilesThatWereCutOrExchangedAreErrors) {
  const SmallVault small = encrypted_vault(2);
  ASSERT_TRUE(small.import({planted()}));
  const CatalogContents contents = *Catalog::open(small.place(), Sqlite::Access::read)->read();
  const fs::path one = contents.files[0].path(small.path());
  const fs::path two = contents.files[1].path(small.path());
  ASSERT_NE(one, two);
  fs::rename(one, one.string() + ".x");
  fs::rename(two, one);
  fs::rename(one.string() + ".x", two);
  EXPECT_FALSE(all_of(small.place()));
  fs::rename(one, one.string() + ".x");
  fs::rename(two, one);
  fs::rename(one.string() + ".x", two);
  ASSERT_TRUE(all_of(small.place()));

  // A catalog of another vault with the same key, and one that was cut.
  const fs::path catalog = encrypted_catalog_path(small.path());
  const std::string bytes = *read_file(catalog);
  const records::NewKey key =
      *records::new_key(small.vault_key(), small.path(), records::KeyOf::vault);
  const fs::path path = small.path().parent_path() / "second";
  ASSERT_TRUE(Vault::create(encrypted_place(path, key),
                            records::check_of(records::ProgrammeKey::generate()), {}));
  ASSERT_TRUE(write_file(catalog, *read_file(encrypted_catalog_path(path)), Readers::owner));
  const Result<Vault> vault = Vault::open(small.place());
  ASSERT_FALSE(vault);
  EXPECT_EQ(vault.error().found, "the catalog is not as the program encrypted it for this vault");
  ASSERT_TRUE(write_file(catalog, bytes.substr(0, bytes.size() - 1), Readers::owner));
  const Result<Vault> cut = Vault::open(small.place());
  ASSERT_FALSE(cut);
  EXPECT_EQ(cut.error().where, catalog.string());
  ASSERT_TRUE(write_file(catalog, bytes.substr(0, 20), Readers::owner));
  EXPECT_FALSE(unlock(small.path(), small.vault_key()));
}

// G1 of encrypt.h.
TEST(EncryptedVault, G1_ACopyHoldsTheSameAndNothingInTheClear) {
  const SmallVault plain =
      *SmallVault::make({.calendar = Calendar::days, .buckets = 3}, AtRest::plain);
  const SmallVault other = encrypted_vault(1);  // for its key
  ASSERT_TRUE(plain.import({planted()}));
  ASSERT_TRUE(plain.import({planted("2025")}));
  ASSERT_TRUE(plain.import({planted()}));
  ASSERT_TRUE(note_objections(plain.place(), {ann}));
  fs::create_directory(past_path(plain.path()));
  ASSERT_TRUE(write_file(past_path(plain.path()) / "000001.people", "sealed before"));
  const fs::path path = other.path().parent_path() / "copy";
  const VaultPlace to =
      encrypted_place(path, *records::new_key(other.vault_key(), path, records::KeyOf::vault));
  Progress progress(Progress::Manner::none);
  const Result<EncryptSummary> done = encrypt_vault(plain.place(), to, progress, Stop());
  ASSERT_TRUE(done) << done.error().sentence();

  EXPECT_EQ(*all_of(to), *all_of(plain.place()));
  const CatalogContents was = *Catalog::open(plain.place(), Sqlite::Access::read)->read();
  const CatalogContents now = *Catalog::open(to, Sqlite::Access::read)->read();
  EXPECT_EQ(now.past, was.past);
  EXPECT_EQ(now.key, was.key);
  EXPECT_EQ(now.acts.size(), was.acts.size());
  EXPECT_EQ(now.objections.size(), 1);
  EXPECT_EQ(now.sequence, was.sequence);
  EXPECT_EQ(done->files, was.files.size());
  EXPECT_TRUE(fs::exists(past_path(path) / "000001.people"));
  EXPECT_EQ(betrayed(path), std::vector<std::string>());
  EXPECT_TRUE(check_vault(to, 1, progress, Stop())->whole());
  // It goes on as the other one would.
  ASSERT_TRUE(import_packages(to, plain.key(), {planted("2026")}, {.threads = 1}));
  const auto compacted_copy = compact(to, progress, Stop());
  ASSERT_TRUE(compacted_copy);
  EXPECT_EQ(betrayed(path), std::vector<std::string>());
  EXPECT_FALSE(encrypt_vault(plain.place(), to, progress, Stop()));  // something is there
}

TEST(EncryptedVault, ADamagedVaultIsNotCopied) {
  const SmallVault plain = *SmallVault::make({.calendar = Calendar::days, .buckets = 1});
  const SmallVault other = encrypted_vault(1);
  ASSERT_TRUE(plain.import({planted()}));
  const CatalogContents contents = *Catalog::open(plain.place(), Sqlite::Access::read)->read();
  flip_bit(contents.files.front().path(plain.path()), 4000);
  const fs::path path = other.path().parent_path() / "copy";
  const VaultPlace to =
      encrypted_place(path, *records::new_key(other.vault_key(), path, records::KeyOf::vault));
  Progress progress(Progress::Manner::none);
  const auto done = encrypt_vault(plain.place(), to, progress, Stop());
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().found, "a file of the vault was changed after it was written");
  EXPECT_FALSE(fs::exists(path));
}

// Who puts a catalog in the clear beside the encrypted one has not replaced it.
TEST(EncryptedVault, ACatalogInTheClearBesideItIsNotRead) {
  const SmallVault small = encrypted_vault(1);
  ASSERT_TRUE(small.import({planted()}));
  const SmallVault plain = *SmallVault::make({.buckets = 1});
  fs::copy_file(plain_catalog_path(plain.path()), plain_catalog_path(small.path()));
  EXPECT_FALSE(Vault::open(small.path()));
  EXPECT_EQ(small.open()->event_count(), 2001);
  Progress progress(Progress::Manner::none);
  const VaultCheck check = *check_vault(small.place(), 1, progress, Stop());
  EXPECT_TRUE(check.whole());
  EXPECT_EQ(check.strangers, std::vector<fs::path>{"catalog.sqlite"});
}

TEST(EncryptedVault, ItIsWholeAndHasNoStrangers) {
  const SmallVault small = encrypted_vault();
  ASSERT_TRUE(small.import({planted()}));
  Progress progress(Progress::Manner::none);
  const VaultCheck check = *check_vault(small.place(), 2, progress, Stop());
  EXPECT_TRUE(check.whole());
  EXPECT_EQ(check.files, 4);
  EXPECT_EQ(check.strangers, std::vector<fs::path>());
}

// G2 of catalog.h: a catalog that was read before another one's commit does not undo it.
TEST(EncryptedVault, TwoWritersThatReadTheSameCatalogCannotBothCommit) {
  const SmallVault small = encrypted_vault(1);
  Catalog one = *Catalog::open(small.place(), Sqlite::Access::write);
  Catalog two = *Catalog::open(small.place(), Sqlite::Access::write);
  const Sequence before = one.read()->sequence;
  ASSERT_EQ(two.read()->sequence, before);
  ASSERT_TRUE(one.commit({.objections = {{ann}}}, before));
  const auto second = two.commit({.objections = {{ben}}}, before);
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().found, "another program changed the vault meanwhile");
  ASSERT_TRUE(two.commit({.objections = {{ben}}}, before + 1));
  EXPECT_EQ(one.read()->objections.size(), 2);
}

TEST(EncryptedVault, ManyWritersAtOnceLoseNothing) {
  const SmallVault small = encrypted_vault(1);
  constexpr int writers = 4;
  constexpr std::uint64_t each = 5;
  std::vector<pid_t> children;
  for (int writer = 0; writer < writers; ++writer) {
    const pid_t child = ::fork();
    if (child == 0) {
      for (std::uint64_t i = 0; i < each;) {
        Result<Catalog> catalog = Catalog::open(small.place(), Sqlite::Access::write);
        const Result<CatalogContents> contents = catalog->read();
        const records::PatientId patient{static_cast<std::uint64_t>(writer), i};
        i += catalog->commit({.objections = {{patient}}}, contents->sequence) ? 1 : 0;
      }
      ::_exit(0);
    }
    children.push_back(child);
  }
  for (const pid_t child : children) {
    int status = 0;
    ::waitpid(child, &status, 0);
    EXPECT_EQ(status, 0);
  }
  EXPECT_EQ(Catalog::open(small.place(), Sqlite::Access::read)->read()->objections.size(),
            writers * each);
}

TEST(EncryptedVault, AfterACommitThatCouldNotBeWrittenTheCatalogIsReadAnew) {
  const SmallVault small = encrypted_vault(1);
  const pid_t child = ::fork();
  if (child == 0) {
    ::signal(SIGXFSZ, SIG_IGN);
    Catalog catalog = *Catalog::open(small.place(), Sqlite::Access::write);
    const Sequence before = catalog.read()->sequence;
    rlimit limit{};
    ::getrlimit(RLIMIT_FSIZE, &limit);
    const rlim_t most = std::exchange(limit.rlim_cur, 1000);
    ::setrlimit(RLIMIT_FSIZE, &limit);
    const auto full = catalog.commit({.objections = {{ann}}}, before);
    limit.rlim_cur = most;
    ::setrlimit(RLIMIT_FSIZE, &limit);
    const bool as_before = !full && full.error().fault == Fault::machine &&
                           catalog.read()->sequence == before && catalog.read()->objections.empty();
    ::_exit(as_before && catalog.commit({.objections = {{ben}}}, before) ? 0 : 1);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  EXPECT_EQ(status, 0);
  EXPECT_EQ(Catalog::open(small.place(), Sqlite::Access::read)->read()->objections.size(), 1);
}

}  // namespace
}  // namespace parcours::vault
