#include "base/lies_in.h"

#include <gtest/gtest.h>

#include "base/files.h"

namespace parcours {
namespace {

namespace fs = std::filesystem;

TEST(LiesIn, SeesThroughLinksAndDots) {
  const ScratchFolder scratch = *ScratchFolder::make(fs::temp_directory_path(), "lies-in-");
  const fs::path& here = scratch.path();
  fs::create_directory(here / "vault");
  fs::create_directory_symlink(here / "vault", here / "link");
  EXPECT_TRUE(lies_in(here / "vault", here / "vault"));
  EXPECT_TRUE(lies_in(here / "vault" / "key", here / "vault/"));
  EXPECT_TRUE(lies_in(here / "link" / "key", here / "vault"));
  EXPECT_TRUE(lies_in(here / "other" / ".." / "vault" / "deep" / "key", here / "vault"));
  EXPECT_FALSE(lies_in(here / "vault.key", here / "vault"));
  EXPECT_FALSE(lies_in(here / "vault" / ".." / "key", here / "vault"));
}

TEST(LiesIn, AsksNothingOfAFolderThatIsNotThereYet) {
  const ScratchFolder scratch = *ScratchFolder::make(fs::temp_directory_path(), "lies-in-");
  EXPECT_TRUE(lies_in(scratch.path() / "new" / "key", scratch.path() / "new"));
  EXPECT_FALSE(lies_in(scratch.path() / "key", scratch.path() / "new"));
}

}  // namespace
}  // namespace parcours
