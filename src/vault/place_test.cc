#include "vault/place.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include "base/files.h"

namespace parcours::vault {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

class Places : public testing::Test {
 protected:
  Places() {
    fs::create_directories(vault / "events" / "bucket=00");
    EXPECT_TRUE(write_file(catalog_path(vault), ""));
  }
  ScratchFolder folder = *ScratchFolder::make(fs::temp_directory_path(), "place-");
  fs::path vault = folder.path() / "v[1]";
};

TEST_F(Places, AVaultIsAFolderWithACatalog) {
  EXPECT_TRUE(*is_vault(vault));
  EXPECT_TRUE(*is_vault(vault.string() + "/"));
  EXPECT_FALSE(*is_vault(folder.path()));
  EXPECT_FALSE(*is_vault(folder.path() / "none"));
  EXPECT_FALSE(*is_vault(catalog_path(vault)));
}

TEST_F(Places, NothingIsMadeInAVaultWhateverWayLeadsThere) {
  fs::create_directory_symlink(vault / "events", folder.path() / "way");
  fs::create_directory(folder.path() / "beside");
  for (const fs::path& inside :
       {vault, vault / "", vault / "page.html", vault / "events" / "bucket=00" / "a",
        vault / "not" / "there" / "yet", folder.path() / "way" / "a",
        folder.path() / "beside" / ".." / "v[1]" / "a", folder.path() / "way" / ".." / "a"}) {
    const Status status = check_outside_vaults(inside);
    ASSERT_FALSE(status) << inside;
    EXPECT_EQ(status.error().fault, Fault::input);
    EXPECT_THAT(status.error().right, HasSubstr("v[1]"));
  }
  for (const fs::path& outside : {folder.path() / "page.html", folder.path() / "beside" / "a",
                                  folder.path() / "v[1]x", fs::path("a"), fs::path("/")}) {
    EXPECT_TRUE(check_outside_vaults(outside)) << outside;
  }
}

TEST_F(Places, AFolderThatMayNotBeEnteredIsNotSaidToBeNoVault) {
  if (::geteuid() == 0) {
    GTEST_SKIP() << "root may enter everything; tests/paths_test.cc does it without that right";
  }
  fs::permissions(vault, fs::perms::none);
  const Result<bool> there = is_vault(vault);
  fs::permissions(vault, fs::perms::owner_all);
  ASSERT_FALSE(there);
  EXPECT_EQ(there.error().found, "permission denied");
}

}  // namespace
}  // namespace parcours::vault
