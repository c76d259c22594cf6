// The programme's key, as a user meets it: where it lies, what needs it, and what does not.

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <pty.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>

#include "command.h"
#include "story.h"

namespace parcours {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

// Every byte of every file under a folder, by the file's place in it.
std::map<std::string, std::string> files_in(const fs::path& folder) {
  std::map<std::string, std::string> files;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (entry.is_regular_file()) {
      files[fs::relative(entry.path(), folder).string()] = text_of(entry.path());
    }
  }
  return files;
}

// An empty vault and a send of two patients that it can take.
class Keys : public testing::Test {
 protected:
  Keys() {
    write(folder / "people.csv", "id,doctor\np-1,Dr A\np-2,Dr A\n");
    write(folder / "mapping.toml",
          "calendar = \"dates\"\nperiod = \"2024\"\n[patients]\nfile = \"people.csv\"\n"
          "patient = \"id\"\npractice = \"doctor\"\n");
  }

  Ran create(const std::vector<std::string>& how, const std::string& name = "vault") const {
    return run_with(create_vault(folder / name, {}), how);
  }
  Ran import(const std::vector<std::string>& how, const std::string& name = "vault") const {
    return run_with({"vault", "import", folder / name, "--mapping", folder / "mapping.toml"}, how);
  }
  static Ran run_with(std::vector<std::string> words, const std::vector<std::string>& more) {
    words.insert(words.end(), more.begin(), more.end());
    return run_parcours(words);
  }

  Folder folder;
  const std::vector<std::string> key = {"--key", folder / "programme.key"};
};

TEST_F(Keys, CreateMakesAKeyApartAndSaysSo) {
  const Ran ran = create(key);
  EXPECT_EQ(ran.exit, 0) << ran.err;
  EXPECT_THAT(ran.out, HasSubstr("keep the key apart from the vault"));
  const std::string line = text_of(folder / "programme.key");
  EXPECT_THAT(line, StartsWith("parcours-key-1:"));
  EXPECT_THAT(ran.out, Not(HasSubstr(line.substr(15, 64))));
  for (const auto& [name, bytes] : files_in(folder / "vault")) {
    EXPECT_THAT(name, Not(HasSubstr("key")));
    EXPECT_EQ(bytes.find(line.substr(15, 64)), std::string::npos) << name;
  }
  EXPECT_EQ(import(key).exit, 0);
  EXPECT_THAT(create(key, "second").out, Not(HasSubstr("a new key in")));
}

TEST_F(Keys, CreateThatFailsLeavesNoKey) {
  write(folder / "vault", "a file where the vault is to be");
  EXPECT_NE(create(key).exit, 0);
  EXPECT_FALSE(fs::exists(folder / "programme.key"));
}

TEST_F(Keys, ExactlyOneIsGiven) {
  for (const std::vector<std::string>& words :
       {std::vector<std::string>{},
        {"--key", "a", "--passphrase"},
        {"--key-command", "true", "--passphrase-file", "b"}}) {
    for (const Ran& ran : {create(words), import(words)}) {
      EXPECT_EQ(ran.exit, 2);
      EXPECT_THAT(ran.err, HasSubstr("--key-command, --passphrase-file, --passphrase"));
    }
  }
  EXPECT_FALSE(fs::exists(folder / "vault"));
}

TEST_F(Keys, AWrongKeyIsRefusedBeforeAnythingIsRead) {
  ASSERT_EQ(create(key).exit, 0);
  ASSERT_EQ(create({"--key", folder / "other.key"}, "other").exit, 0);
  fs::remove(folder / "mapping.toml");
  const Ran wrong = import({"--key", folder / "other.key"});
  EXPECT_EQ(wrong.exit, 2);
  EXPECT_THAT(wrong.err, HasSubstr("this is not the key that this vault was created with"));
  write(folder / "bytes", std::string(32, 'x'));
  fs::permissions(folder / "bytes", fs::perms::owner_read);
  EXPECT_THAT(import({"--key", folder / "bytes"}).err, HasSubstr("not a programme's key"));
  EXPECT_THAT(import(key).err, HasSubstr("mapping.toml"));
}

TEST_F(Keys, WhatReadsAVaultNeedsNone) {
  fs::copy(small_panel() / "panel.vault", folder / "panel", fs::copy_options::recursive);
  write(folder / "study.toml", good_study());
  write(folder / "france-2026.toml", good_rules());
  const std::string vault = folder / "panel";
  for (const std::vector<std::string>& words : std::vector<std::vector<std::string>>{
           {"vault", "status", vault},
           {"vault", "compact", vault},
           {"study", "check", folder / "study.toml", "--vault", vault},
           {"study", "run", folder / "study.toml", "--vault", vault, "--rules",
            folder / "france-2026.toml"},
           {"risk", vault, "--quiet"},
           {"risk", vault, "--find", "F, diagnosis J45*", "--quiet"}}) {
    const Ran ran = run_parcours(words);
    EXPECT_EQ(ran.exit, 0) << words[0] << ' ' << words[1] << ": " << ran.err;
  }
}

// The same records give the same bytes, whatever key their vault was made under.
TEST_F(Keys, NothingThatLeavesDependsOnTheKey) {
  write(folder / "study.toml", good_study());
  write(folder / "france-2026.toml", good_rules());
  std::vector<nlohmann::json> tables;
  std::vector<nlohmann::json> risks;
  std::vector<std::map<std::string, std::string>> releases;
  for (const std::string name : {"one", "two", "three"}) {
    const std::vector<std::string> own = {"--key", folder / (name + ".key")};
    std::vector<std::string> words = create_vault(folder / name, own);
    *std::ranges::find(words, (folder / (name + ".keeper")).string()) = folder / "one.keeper";
    ASSERT_EQ(run_parcours(words).exit, 0);  // one keeper, whose key the evidence names
    const Ran imported = run_with({"vault", "import", folder / name, "--threads", "1", "--mapping",
                                   small_panel() / "send" / "mapping.toml"},
                                  own);
    ASSERT_EQ(imported.exit, 0) << imported.err;
    fs::rename(folder / name, folder / "panel.vault");  // its path stands in the release
    const Ran counted =
        run_parcours({"study", "run", folder / "study.toml", "--vault", folder / "panel.vault",
                      "--rules", folder / "france-2026.toml", "--json"});
    tables.push_back(nlohmann::json::parse(counted.out, nullptr, false));
    tables.back().erase("seconds");
    ASSERT_EQ(run_parcours({"release", "--vault", folder / "panel.vault", "--study",
                            folder / "study.toml", "--rules", folder / "france-2026.toml", "--key",
                            folder / (name + ".key"), "--out", folder / "release", "--quiet"})
                  .exit,
              0);
    releases.push_back(files_in(folder / "release"));
    const Ran risk = run_parcours({"risk", folder / "panel.vault", "--draws", "500", "--known",
                                   "1,2", "--threshold", "11", "--json"});
    risks.push_back(nlohmann::json::parse(risk.out, nullptr, false));
    risks.back().erase("seconds");
    fs::remove_all(folder / "panel.vault");
    fs::remove_all(folder / "release");
  }
  EXPECT_THAT(tables.front().dump(), HasSubstr("hypertension"));
  EXPECT_TRUE(tables[1] == tables[0] && tables[2] == tables[0]);
  EXPECT_GT(risks.front()["measures"]["singled_out"], 0.1);
  EXPECT_EQ(nlohmann::json::diff(risks[0], risks[1]).dump(), "[]");
  EXPECT_EQ(nlohmann::json::diff(risks[0], risks[2]).dump(), "[]");
  for (const auto& [name, bytes] : releases.front()) {
    EXPECT_TRUE(releases[1].at(name) == bytes && releases[2].at(name) == bytes) << name;
  }
}

// Runs parcours on a terminal of its own and types an answer to each question; what the terminal
// showed.
std::pair<int, std::string> type(const std::vector<std::string>& words,
                                 const std::vector<std::string>& answers) {
  int terminal = -1;
  const pid_t child = ::forkpty(&terminal, nullptr, nullptr, nullptr);
  if (child == 0) {
    std::string name = PARCOURS_COMMAND;
    std::vector<std::string> copies = words;
    std::vector<char*> arguments = {name.data()};
    for (std::string& word : copies) {
      arguments.push_back(word.data());
    }
    arguments.push_back(nullptr);
    ::execv(PARCOURS_COMMAND, arguments.data());
    ::_exit(127);
  }
  std::string shown;
  std::size_t seen = 0;
  std::size_t answered = 0;
  char buffer[512];
  while (true) {
    const ssize_t got = ::read(terminal, buffer, sizeof(buffer));
    if (got <= 0) {  // EIO: the child has gone
      break;
    }
    shown.append(buffer, static_cast<std::size_t>(got));
    const auto question = shown.find(": ", seen);
    if (question != std::string::npos && answered < answers.size()) {
      seen = question + 2;
      const std::string answer = answers[answered++] + "\n";
      EXPECT_EQ(::write(terminal, answer.data(), answer.size()), std::ssize(answer));
    }
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  ::close(terminal);
  return {WIFEXITED(status) ? WEXITSTATUS(status) : -1, shown};
}

TEST_F(Keys, APassphraseIsTypedUnseen) {
  const std::string right = "otter lamp six quiet moss";
  const std::vector<std::string> create_words = create_vault(folder / "vault", {"--passphrase"});
  const auto [differ, shown_first] = type(create_words, {right, right + "!"});
  EXPECT_EQ(differ, 2) << shown_first;
  const auto [made, shown] = type(create_words, {right, right});
  EXPECT_EQ(made, 0) << shown;
  EXPECT_THAT(shown_first + shown, Not(HasSubstr("otter")));

  const std::vector<std::string> import_words = {
      "vault", "import", folder / "vault", "--passphrase", "--mapping", folder / "mapping.toml"};
  EXPECT_EQ(type(import_words, {right + "!"}).first, 2);
  EXPECT_EQ(type(import_words, {right}).first, 0);
  write(folder / "phrase", right + "\n");
  fs::permissions(folder / "phrase", fs::perms::owner_read);
  EXPECT_EQ(import({"--passphrase-file", folder / "phrase"}).exit, 0);
  EXPECT_THAT(import(key).err, HasSubstr("created with a passphrase"));
}

TEST_F(Keys, AQuarantineDoesNotTakeTheKeysPlace) {
  const std::string file = folder / "key";
  ASSERT_EQ(create({"--key", file}).exit, 0);
  const std::string before = text_of(file);
  for (const std::vector<std::string>& more :
       {std::vector<std::string>{}, std::vector<std::string>{"--check"}}) {
    std::vector<std::string> how = {"--key", file, "--quarantine", file};
    how.insert(how.end(), more.begin(), more.end());
    const Ran ran = import(how);
    EXPECT_EQ(ran.exit, 2);
    EXPECT_THAT(ran.err, HasSubstr("would overwrite an input"));
    EXPECT_EQ(text_of(file), before);
  }
}

TEST_F(Keys, ANewKeyIsMadeInNoVault) {
  ASSERT_EQ(create({"--key", folder / "key"}).exit, 0);
  const Ran other = create({"--key", folder / "vault" / "other"}, "other");
  EXPECT_EQ(other.exit, 2);
  EXPECT_THAT(other.err, HasSubstr("inside a vault"));
  EXPECT_FALSE(fs::exists(folder / "vault" / "other"));
  EXPECT_FALSE(fs::exists(folder / "other"));
}

TEST_F(Keys, ACheckLooksAtTheKeyThatItIsGiven) {
  ASSERT_EQ(create({"--key", folder / "key"}).exit, 0);
  ASSERT_EQ(create({"--key", folder / "key2"}, "other").exit, 0);
  EXPECT_EQ(import({"--check"}).exit, 0);
  EXPECT_EQ(import({"--check", "--key", folder / "key"}).exit, 0);
  EXPECT_EQ(import({"--check", "--key", folder / "none"}).exit, 2);
  EXPECT_THAT(import({"--check", "--key", folder / "key2"}).err,
              HasSubstr("not the key that this vault was created with"));
}

}  // namespace
}  // namespace parcours
