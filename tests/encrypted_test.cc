// An encrypted vault, as a user meets it: what it asks for, and that nothing else changes.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <chrono>
#include <map>
#include <nlohmann/json.hpp>

#include "command.h"
#include "story.h"
#include "vault/testing/worlds.h"

namespace parcours {
namespace {

namespace fs = std::filesystem;
using Words = std::vector<std::string>;
using testing::HasSubstr;
using testing::IsEmpty;

Words operator+(Words words, const Words& more) {
  words.insert(words.end(), more.begin(), more.end());
  return words;
}

// Words of the catalog and of Parquet; so long that no random bytes are one of them.
constexpr std::array words_of_a_vault = {"SQLite format 3", "DuckDB version", "fr-department",
                                         "birth_year",      "provenance",     "2026-DR-014"};

// Those that any file of a folder holds.
std::vector<std::string> betrayed(const fs::path& folder) {
  std::vector<std::string> found;
  for (const char* word : words_of_a_vault) {
    if (!vault::files_holding(folder, word).empty()) {
      found.emplace_back(word);
    }
  }
  return found;
}

class Encrypted : public testing::Test {
 protected:
  Encrypted() {
    write(folder / "study.toml", good_study());
    write(folder / "france-2026.toml", good_rules());
    write(folder / "people.csv", "id,doctor\np-1,Dr A\np-2,Dr A\n");
  }

  Ran create(const Words& more, const std::string& name = "vault") const {
    return run_parcours(create_vault(folder / name, key) + more);
  }
  Ran import(const Words& more, const fs::path& mapping) const {
    return run_parcours(
        Words{"vault", "import", folder / "vault", "--threads", "1", "--mapping", mapping} + key +
        more);
  }
  // An encrypted vault of the small panel.
  void make_panel() const {
    ASSERT_EQ(create(Words{"--encrypt"} + vault_key).exit, 0);
    const Ran imported = import(vault_key, small_panel() / "send" / "mapping.toml");
    ASSERT_EQ(imported.exit, 0) << imported.err;
  }

  Folder folder;
  const Words key = {"--key", folder / "programme.key"};
  const Words vault_key = {"--vault-key", folder / "vault.key"};
};

TEST_F(Encrypted, CreateMakesBothKeysAndSaysWhatTheVaultsIsFor) {
  const Ran ran = create(Words{"--encrypt"} + vault_key);
  EXPECT_EQ(ran.exit, 0) << ran.err;
  EXPECT_THAT(ran.out, HasSubstr("Created an empty encrypted vault"));
  EXPECT_THAT(ran.out, HasSubstr("Every command that opens the vault needs it"));
  EXPECT_NE(text_of(folder / "vault.key"), text_of(folder / "programme.key"));
  EXPECT_TRUE(fs::exists(folder / "vault" / "catalog.encrypted"));
  EXPECT_FALSE(fs::exists(folder / "vault" / "catalog.sqlite"));
}

TEST_F(Encrypted, ToEncryptAndAKeyComeTogether) {
  EXPECT_THAT(create({"--encrypt"}).err, HasSubstr("no key is given to encrypt the vault with"));
  EXPECT_THAT(create(vault_key).err, HasSubstr("the vault is not to be encrypted"));
  EXPECT_THAT(create(Words{"--encrypt", "--vault-passphrase"} + vault_key).err,
              HasSubstr("several options give the vault's key"));
  EXPECT_FALSE(fs::exists(folder / "vault"));
  EXPECT_FALSE(fs::exists(folder / "vault.key"));
  EXPECT_FALSE(fs::exists(folder / "programme.key"));
}

TEST_F(Encrypted, TheProgrammesKeyIsNotTheVaultsToo) {
  const Ran ran = create({"--encrypt", "--vault-key", folder / "programme.key"});
  EXPECT_EQ(ran.exit, 2);
  EXPECT_THAT(ran.err, HasSubstr("the vault's key is the programme's key"));
  EXPECT_FALSE(fs::exists(folder / "vault"));
}

TEST_F(Encrypted, CreateThatFailsLeavesNoKey) {
  write(folder / "vault", "a file where the vault is to be");
  EXPECT_NE(create(Words{"--encrypt"} + vault_key).exit, 0);
  EXPECT_FALSE(fs::exists(folder / "programme.key"));
  EXPECT_FALSE(fs::exists(folder / "vault.key"));
}

// Every verb that opens a vault: with the key it does its work, without it says what is missing.
TEST_F(Encrypted, EveryVerbTakesTheKeyAndNoneGoesWithoutIt) {
  make_panel();
  const std::string vault = folder / "vault";
  const std::string study = folder / "study.toml";
  const std::string rules = folder / "france-2026.toml";
  fs::create_directory(folder / "inbox");
  fs::create_directory(folder / "receipts");
  write(folder / "objections.txt", "nobody-1\n");
  fs::permissions(folder / "objections.txt", fs::perms::owner_read);
  const std::vector<Words> verbs = {
      {"vault", "status", vault, "--codes"},
      Words{"vault", "object", vault, "--patient-file", folder / "objections.txt"} + key,
      Words{"vault", "card", vault} + key,
      Words{"vault", "receive", vault, "--from", folder / "inbox", "--receipts",
            folder / "receipts"} +
          key,
      {"vault", "check", vault},
      {"permit", "list", vault},
      {"permit", "check", study, "--vault", vault, "--rules", rules},
      {"role", "list", vault},
      {"practice", "list", vault},
      {"study", "check", study, "--vault", vault},
      {"study", "run", study, "--vault", vault, "--rules", rules},
      {"risk", vault, "--quiet", "--draws", "500", "--known", "1"},
      {"risk", vault, "--find", "F, diagnosis J45*", "--quiet"},
      Words{"release", "--vault", vault, "--study", study, "--rules", rules, "--out",
            folder / "release", "--quiet"} +
          key,
      Words{"releases", "list", vault} + key,
      Words{"releases", "show", vault, "1"} + key,
      Words{"releases", "status", vault, "--rules", rules} + key,
      Words{"releases", "withdraw", vault, "1", "--because", "a trial"} + key,
      {"vault", "compact", vault},
      {"vault", "forget", vault, "--codes", "icd10:J45*"}};
  for (const Words& words : verbs) {
    const std::string verb = words[0] + " " + words[1];
    const Ran without = run_parcours(words);
    EXPECT_EQ(without.exit, 2) << verb << without.out;
    EXPECT_THAT(without.err, HasSubstr("is encrypted, and no vault key is given")) << verb;
    const Ran with_it = run_parcours(words + vault_key);
    const bool nothing_to_do = verb == "vault forget" || verb == "permit check";
    EXPECT_TRUE(with_it.exit == 0 || nothing_to_do) << verb << ": " << with_it.err;
    EXPECT_THAT(with_it.err, testing::Not(HasSubstr("vault key"))) << verb;
  }
  EXPECT_THAT(betrayed(vault), IsEmpty());
}

// Whatever verb there is.
TEST_F(Encrypted, EveryVerbThatNamesAVaultTakesItsKey) {
  const Folder pages;
  ASSERT_EQ(run_parcours({"manual", pages.path()}).exit, 0);
  int verbs = 0;
  for (const auto& entry : fs::directory_iterator(pages.path())) {
    const std::string page = text_of(entry.path());
    const bool names_one = page.find("panel.vault") != std::string::npos;
    const bool takes_key = page.find("vault\\-key\\-command") != std::string::npos;
    EXPECT_EQ(names_one, takes_key) << entry.path().filename();
    verbs += takes_key ? 1 : 0;
  }
  EXPECT_GT(verbs, 25);
}

TEST_F(Encrypted, AWrongKeyAndAKeyForNothingAreErrors) {
  ASSERT_EQ(create(Words{"--encrypt"} + vault_key).exit, 0);
  ASSERT_EQ(create({}, "plain").exit, 0);
  const Ran wrong =
      run_parcours({"vault", "status", folder / "vault", "--vault-key", folder / "programme.key"});
  EXPECT_EQ(wrong.exit, 2);
  EXPECT_THAT(wrong.err, HasSubstr("not the key that this vault was encrypted with"));
  const Ran plain = run_parcours(Words{"vault", "status", folder / "plain"} + vault_key);
  EXPECT_EQ(plain.exit, 2);
  EXPECT_THAT(plain.err, HasSubstr("a vault key is given, but this vault is not encrypted"));
  const Ran no_vault = run_parcours(Words{"risk", folder / "people.csv"} + vault_key);
  EXPECT_EQ(no_vault.exit, 2);
  EXPECT_THAT(no_vault.err, HasSubstr("a vault key is given, but this is not a vault"));
  const Ran nothing =
      run_parcours({"vault", "status", folder / "vault", "--vault-key-command", "exit 1"});
  EXPECT_NE(nothing.exit, 0);
}

TEST_F(Encrypted, ACommandAndAPassphraseUnlockItToo) {
  ASSERT_EQ(create(Words{"--encrypt"} + vault_key).exit, 0);
  const std::string command = "cat '" + (folder / "vault.key").string() + "'";
  EXPECT_EQ(
      run_parcours({"vault", "status", folder / "vault", "--vault-key-command", command}).exit, 0);
  write(folder / "phrase", "otter lamp six quiet moss\n");
  fs::permissions(folder / "phrase", fs::perms::owner_read);
  const Words phrase = {"--vault-passphrase-file", folder / "phrase"};
  ASSERT_EQ(create(Words{"--encrypt"} + phrase, "second").exit, 0);
  EXPECT_EQ(run_parcours(Words{"vault", "status", folder / "second"} + phrase).exit, 0);
  EXPECT_THAT(run_parcours(Words{"vault", "status", folder / "second"} + vault_key).err,
              HasSubstr("give --vault-passphrase, or --vault-passphrase-file FILE"));
}

TEST_F(Encrypted, AVaultIsCopiedAndEncrypted) {
  copy_of_panel(folder / "panel");
  const Ran done =
      run_parcours(Words{"vault", "encrypt", folder / "panel", folder / "vault"} + vault_key);
  ASSERT_EQ(done.exit, 0) << done.err;
  EXPECT_THAT(done.out, HasSubstr("Created a new key of the vault"));
  const auto status = [](const Words& words) {
    nlohmann::json json = nlohmann::json::parse(run_parcours(words).out, nullptr, false);
    for (const char* differs : {"path", "bytes", "encrypted"}) {
      json.erase(differs);
    }
    return json.dump();
  };
  const std::string was = status({"vault", "status", folder / "panel", "--json"});
  EXPECT_THAT(was, HasSubstr("6000"));
  EXPECT_EQ(status(Words{"vault", "status", folder / "vault", "--json"} + vault_key), was);
  EXPECT_THAT(betrayed(folder / "vault"), IsEmpty());

  const Ran again =
      run_parcours(Words{"vault", "encrypt", folder / "vault", folder / "twice"} + vault_key);
  EXPECT_EQ(again.exit, 2);
  EXPECT_THAT(again.err, HasSubstr("this vault is encrypted already"));
  const Ran none = run_parcours({"vault", "encrypt", folder / "panel", folder / "twice"});
  EXPECT_EQ(none.exit, 2);
  EXPECT_THAT(none.err, HasSubstr("no key is given to encrypt the vault with"));
  const Ran there = run_parcours({"vault", "encrypt", folder / "panel", folder / "vault",
                                  "--vault-key", folder / "second.key"});
  EXPECT_NE(there.exit, 0);
  EXPECT_FALSE(fs::exists(folder / "second.key"));
}

std::map<std::string, std::string> files_of(const fs::path& folder) {
  std::map<std::string, std::string> files;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (entry.is_regular_file()) {
      files[fs::relative(entry.path(), folder).string()] = text_of(entry.path());
    }
  }
  return files;
}

// What leaves is the same, byte for byte.
TEST_F(Encrypted, NothingThatLeavesTellsWhetherTheVaultIsEncrypted) {
  std::vector<std::map<std::string, std::string>> releases;
  std::vector<nlohmann::json> risks;
  for (const Words& more : {Words{}, vault_key}) {
    Words words = create_vault(folder / "vault", key) + (more.empty() ? more : Words{"--encrypt"});
    *std::ranges::find(words, (folder / "vault.keeper").string()) = folder / "one.keeper";
    ASSERT_EQ(run_parcours(words + more).exit, 0);
    ASSERT_EQ(import(more, small_panel() / "send" / "mapping.toml").exit, 0);
    const Ran released = run_parcours(
        Words{"release", "--vault", folder / "vault", "--study", folder / "study.toml", "--rules",
              folder / "france-2026.toml", "--out", folder / "release", "--quiet"} +
        key + more);
    ASSERT_EQ(released.exit, 0) << released.err;
    releases.push_back(files_of(folder / "release"));
    risks.push_back(nlohmann::json::parse(
        run_parcours(Words{"risk", folder / "vault", "--draws", "500", "--known", "1,2", "--json"} +
                     more)
            .out,
        nullptr, false));
    risks.back().erase("seconds");
    fs::remove_all(folder / "vault");
    fs::remove_all(folder / "release");
  }
  EXPECT_GT(releases[0].size(), 3);
  EXPECT_EQ(releases[0].size(), releases[1].size());
  for (const auto& [name, bytes] : releases[0]) {
    EXPECT_TRUE(releases[1].at(name) == bytes) << name;
  }
  EXPECT_GT(risks[0]["measures"]["singled_out"], 0.1);
  EXPECT_EQ(nlohmann::json::diff(risks[0], risks[1]).dump(), "[]");
}

// Killed at several moments of an import: what it leaves says nothing, in its bytes or its names.
TEST_F(Encrypted, AKilledImportLeavesNothingInTheClear) {
  make_panel();
  using Clock = std::chrono::steady_clock;
  int killed = 0;
  for (const int milliseconds : {50, 150, 300, 500, 700, 900, 1200}) {
    const auto until = Clock::now() + std::chrono::milliseconds(milliseconds);
    const Ran ran = run_parcours(Words{"vault", "import", folder / "vault", "--threads", "1",
                                       "--mapping", small_panel() / "send" / "mapping.toml"} +
                                     key + vault_key,
                                 {.kill_when = [&] { return Clock::now() > until; }});
    killed += ran.exit < 0 ? 1 : 0;
    EXPECT_THAT(betrayed(folder / "vault"), IsEmpty()) << milliseconds;
  }
  EXPECT_GT(killed, 0);
  const Ran whole = run_parcours(Words{"vault", "check", folder / "vault"} + vault_key);
  EXPECT_EQ(whole.exit, 0) << whole.err;
  // All of them are found in the panel's own vault, which is not encrypted.
  EXPECT_EQ(betrayed(small_panel() / "panel.vault").size(), words_of_a_vault.size());
}

}  // namespace
}  // namespace parcours
