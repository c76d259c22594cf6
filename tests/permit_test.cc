// Keys and permits, as a permit-keeper meets them before there is a vault.

#include <gmock/gmock.h>
#include <sys/stat.h>

#include <cstdlib>
#include <nlohmann/json.hpp>

#include "command.h"
#include "source_tree.h"
#include "story.h"

namespace parcours {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;
using testing::StartsWith;

class PermitFiles : public testing::Test {
 protected:
  PermitFiles() {
    fs::copy_file(source_tree / "examples/panel/permit.toml", permit);
    EXPECT_EQ(run_parcours({"key", "make", key, "--name", "Anne Martin"}).exit, 0);
  }
  Folder folder;
  std::string key = folder / "anne.key";
  std::string permit = folder / "permit.toml";
};

TEST_F(PermitFiles, AKeyIsMadeOnceAndShown) {
  struct stat status {};
  ASSERT_EQ(::stat(key.c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 07777, 0600);
  EXPECT_THAT(text_of(key + ".pub"), StartsWith("ssh-ed25519 AAAA"));
  EXPECT_THAT(text_of(key + ".pub"), HasSubstr(" Anne Martin\n"));
  const Ran shown = run_parcours({"key", "show", key});
  EXPECT_THAT(shown.out, testing::MatchesRegex("ssh-ed25519 AAAA[^ ]*\nSHA256:[^ ]*\n"));
  EXPECT_EQ(run_parcours({"key", "show", key + ".pub"}).out, shown.out);
  const auto json = nlohmann::json::parse(run_parcours({"key", "show", key, "--json"}).out);
  EXPECT_THAT(shown.out, HasSubstr(json["fingerprint"].get<std::string>()));

  const Ran again = run_parcours({"key", "make", key, "--name", "Anne Martin"});
  EXPECT_EQ(again.exit, 2);
  EXPECT_THAT(again.err, HasSubstr("already exists"));
}

TEST_F(PermitFiles, APermitIsReadInBothLanguages) {
  const Ran english = run_parcours({"permit", "read", permit});
  EXPECT_EQ(english.exit, 0);
  EXPECT_THAT(english.out, StartsWith("Permit 2026-DR-014 (A made-up panel"));
  EXPECT_THAT(english.out, HasSubstr("Records are kept for 10 years from their collection.\n"));
  const Ran french = run_parcours({"permit", "read", permit, "--language", "fr"});
  EXPECT_THAT(french.out, StartsWith("La formalité 2026-DR-014"));
  const auto json = nlohmann::json::parse(run_parcours({"permit", "read", permit, "--json"}).out);
  EXPECT_EQ(json["sentences"].size(),
            static_cast<std::size_t>(std::ranges::count(english.out, '\n')));
}

TEST_F(PermitFiles, APermitIsSignedAsSshKeygenSignsIt) {
  const Ran signed_ = run_parcours({"permit", "sign", permit, "--key", key});
  EXPECT_EQ(signed_.exit, 0) << signed_.err;
  const std::string ours = text_of(permit + ".sig");
  EXPECT_THAT(ours, StartsWith("-----BEGIN SSH SIGNATURE-----\n"));
  if (std::system("command -v ssh-keygen >/dev/null 2>&1") != 0) {
    GTEST_SKIP() << "ssh-keygen is not installed";
  }
  fs::remove(permit + ".sig");
  ASSERT_EQ(std::system(("ssh-keygen -q -Y sign -n parcours-act -f '" + key + "' '" + permit +
                         "' 2>/dev/null")
                            .c_str()),
            0);
  EXPECT_EQ(text_of(permit + ".sig"), ours);
}

TEST_F(PermitFiles, WhatIsNoActIsNotSigned) {
  write(permit, with(text_of(permit), "public-health-research", "advertising"));
  const Ran banned = run_parcours({"permit", "sign", permit, "--key", key});
  EXPECT_EQ(banned.exit, 1);
  EXPECT_THAT(banned.err, HasSubstr("article 54"));
  EXPECT_FALSE(fs::exists(permit + ".sig"));
  write(permit, "hello = 1\n");
  EXPECT_EQ(run_parcours({"permit", "sign", permit, "--key", key}).exit, 2);
  EXPECT_EQ(run_parcours({"permit", "read", permit}).exit, 2);
}

}  // namespace
}  // namespace parcours
