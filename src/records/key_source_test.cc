#include "records/key_source.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fstream>

#include "base/files.h"

namespace parcours::records {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;
using testing::Not;

const std::string good_passphrase = "otter lamp six quiet moss";

class KeySources : public testing::Test {
 protected:
  // A file of its owner's alone.
  fs::path file(const std::string& name, const std::string& text, mode_t mode = 0600) const {
    const fs::path path = folder.path() / name;
    std::ofstream(path) << text;
    ::chmod(path.c_str(), mode);
    return path;
  }
  static std::string text(const fs::path& path) {
    std::ifstream in(path);
    return {std::istreambuf_iterator<char>(in), {}};
  }
  // Why the source is not taken for the vault.
  Error refusal(const KeySource& source, const KeyCheck& check) const {
    const Result<ProgrammeKey> taken = known_key(source, check, vault);
    EXPECT_FALSE(taken);
    return taken ? Error{} : taken.error();
  }

  ScratchFolder folder = *ScratchFolder::make(fs::temp_directory_path(), "keys-");
  fs::path vault = folder.path() / "vault";
  KeySource key = KeyFile{folder.path() / "programme.key"};
};

TEST_F(KeySources, ANewFileIsItsOwnersAloneAndIsFoundAgain) {
  const Result<NewKey> made = new_key(key, vault);
  ASSERT_TRUE(made) << made.error().sentence();
  EXPECT_TRUE(made->made);
  struct stat status {};
  ASSERT_EQ(::stat((folder.path() / "programme.key").c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 07777, 0600);
  EXPECT_TRUE(known_key(key, made->check, vault));

  const Result<NewKey> again = new_key(key, vault);
  ASSERT_TRUE(again);
  EXPECT_FALSE(again->made);
  EXPECT_EQ(again->check, made->check);
}

// G1.
TEST_F(KeySources, G1_AKeyInTheVaultsFolderIsRefused) {
  fs::create_directory(vault);
  fs::create_directory_symlink(vault, folder.path() / "link");
  for (const fs::path& place : {vault / "key", folder.path() / "link" / "key"}) {
    for (const KeySource& source : {KeySource(KeyFile{place}), KeySource(PassphraseFile{place})}) {
      const Result<NewKey> made = new_key(source, vault);
      ASSERT_FALSE(made);
      EXPECT_EQ(made.error().fault, Fault::input);
      EXPECT_FALSE(fs::exists(place));
      EXPECT_THAT(refusal(source, {}).found, HasSubstr("lies in the vault's folder"));
    }
  }
}

// G1.
TEST_F(KeySources, G1_AFileThatOthersCanReachIsRefusedWithTheRemedy) {
  const NewKey made = *new_key(key, vault);
  for (const mode_t mode : {0640, 0604, 0620, 0610, 0644, 0777}) {
    const KeySource open = KeyFile{file("open.key", text(folder.path() / "programme.key"), mode)};
    EXPECT_THAT(refusal(open, made.check).right, HasSubstr("chmod 600")) << std::oct << mode;
  }
  EXPECT_TRUE(known_key(KeyFile{file("open.key", text(folder.path() / "programme.key"), 0400)},
                        made.check, vault));
}

// G1.
TEST_F(KeySources, G1_AnotherUsersFileIsRefused) {
  if (::geteuid() != 0) {
    GTEST_SKIP() << "needs root, to give a file away";
  }
  const NewKey made = *new_key(key, vault);
  const fs::path given = file("given.key", text(folder.path() / "programme.key"));
  ASSERT_EQ(::chown(given.c_str(), 65534, 65534), 0);
  EXPECT_THAT(refusal(KeyFile{given}, made.check).right, HasSubstr("chown"));
}

TEST_F(KeySources, WhatIsNoFileIsRefusedAndNeverWaitedFor) {
  const fs::path pipe = folder.path() / "pipe";
  ASSERT_EQ(::mkfifo(pipe.c_str(), 0600), 0);
  for (const fs::path& path : {pipe, folder.path(), folder.path() / "none"}) {
    EXPECT_EQ(refusal(KeyFile{path}, {}).fault, Fault::input) << path;
  }
}

// G2.
TEST_F(KeySources, G2_AnotherKeyIsRefusedByName) {
  const NewKey made = *new_key(key, vault);
  const KeySource other = KeyFile{folder.path() / "other.key"};
  ASSERT_TRUE(new_key(other, folder.path() / "other"));
  EXPECT_EQ(refusal(other, made.check).found,
            "this is not the key that this vault was created with");
}

// G2.
TEST_F(KeySources, G2_APassphraseIsKnownAgainAndAnotherIsNot) {
  const KeySource right = PassphraseFile{file("right", good_passphrase + "\n")};
  const Result<NewKey> made = new_key(right, vault);
  ASSERT_TRUE(made) << made.error().sentence();
  EXPECT_FALSE(made->made);
  EXPECT_TRUE(known_key(right, made->check, vault));
  EXPECT_TRUE(known_key(PassphraseFile{file("again", good_passphrase)}, made->check, vault));
  EXPECT_EQ(refusal(PassphraseFile{file("wrong", good_passphrase + "!")}, made->check).found,
            "this is not the passphrase that this vault was created with");
  EXPECT_THAT(refusal(key, made->check).right, HasSubstr("--passphrase"));
  EXPECT_THAT(refusal(right, new_key(key, vault)->check).right, HasSubstr("--key"));
}

TEST_F(KeySources, AShortPassphraseIsRefused) {
  const Result<NewKey> made = new_key(PassphraseFile{file("short", "password")}, vault);
  ASSERT_FALSE(made);
  EXPECT_EQ(made.error().fault, Fault::input);
  EXPECT_THAT(made.error().sentence(), Not(HasSubstr("password")));
}

TEST_F(KeySources, ACommandGivesTheKey) {
  const NewKey made = *new_key(key, vault);
  const std::string path = (folder.path() / "programme.key").string();
  EXPECT_TRUE(known_key(KeyCommand{"cat '" + path + "'"}, made.check, vault));
  EXPECT_TRUE(known_key(KeyCommand{"cat '" + path + "' | cat"}, made.check, vault));
}

// G3.
TEST_F(KeySources, G3_OfACommandThatFailsOnlyItsEndIsTold) {
  const NewKey made = *new_key(key, vault);
  const Error failed = refusal(KeyCommand{"echo hunter2; exit 7"}, made.check);
  EXPECT_EQ(failed.fault, Fault::input);
  EXPECT_EQ(failed.found, "the command ended with exit code 7");
  EXPECT_THAT(refusal(KeyCommand{"kill -9 $$"}, made.check).found, HasSubstr("signal 9"));
  EXPECT_THAT(refusal(KeyCommand{"no-such-command-here 2>/dev/null"}, made.check).found,
              HasSubstr("127"));
  for (const char* command : {"echo hunter2", "yes hunter2", "true"}) {
    EXPECT_THAT(refusal(KeyCommand{command}, made.check).sentence(), Not(HasSubstr("hunter2")));
  }
}

}  // namespace
}  // namespace parcours::records
