#include "base/files.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <fstream>

namespace parcours {
namespace {

namespace fs = std::filesystem;

ScratchFolder scratch() {
  return *ScratchFolder::make(fs::temp_directory_path(), "parcours-test-");
}

TEST(Files, WrittenFilesAreReadBack) {
  const ScratchFolder folder = scratch();
  ASSERT_TRUE(write_file(folder.path() / "a", "one"));
  ASSERT_TRUE(write_file(folder.path() / "a", "two"));
  EXPECT_EQ(*read_file(folder.path() / "a"), "two");
  EXPECT_EQ(std::distance(fs::directory_iterator(folder.path()), fs::directory_iterator()), 1);
}

TEST(Files, AMissingFileIsNamed) {
  const auto text = read_file("/nowhere/at/all");
  ASSERT_FALSE(text);
  EXPECT_EQ(text.error().fault, Fault::input);
  EXPECT_EQ(text.error().where, "/nowhere/at/all");
}

TEST(Files, AFileOverTheLimitIsRefused) {
  const ScratchFolder folder = scratch();
  ASSERT_TRUE(write_file(folder.path() / "a", "12345"));
  EXPECT_FALSE(read_file(folder.path() / "a", 4));
  EXPECT_TRUE(read_file(folder.path() / "a", 5));
}

TEST(Files, WhatIsWrittenTakesTheFreePlaceOrThatOfAnOrdinaryFile) {
  const ScratchFolder folder = scratch();
  ASSERT_TRUE(write_file(folder.path() / "in.csv", "data"));
  ASSERT_TRUE(write_file(folder.path() / "old", "page"));
  const std::vector<fs::path> inputs = {folder.path() / "in.csv", "none"};
  EXPECT_TRUE(check_writable(folder.path() / "new", inputs));
  EXPECT_TRUE(check_writable(folder.path() / "old", inputs));
}

TEST(Files, WhatIsWrittenTakesThePlaceOfNothingElse) {
  const ScratchFolder folder = scratch();
  const fs::path in = folder.path() / "in.csv";
  const fs::path old = folder.path() / "old";
  const fs::path vault = folder.path() / "vault";
  fs::create_directories(vault / "bucket");
  ASSERT_TRUE(write_file(in, "data"));
  ASSERT_TRUE(write_file(old, "page"));
  fs::create_symlink(in, folder.path() / "link to in");
  fs::create_symlink(old, folder.path() / "link");
  fs::create_symlink(vault, folder.path() / "way");
  fs::create_hard_link(in, folder.path() / "second name");
  ASSERT_EQ(::mkfifo((folder.path() / "pipe").c_str(), 0600), 0);
  for (const char* name :
       {"in.csv", "link to in", "link", "second name", "pipe", "vault", "vault/new",
        "way/bucket/new", "vault/../vault/new", "missing/new", "in.csv/new", "missing/"}) {
    const Status status = check_writable(folder.path() / name, {in, vault});
    ASSERT_FALSE(status) << name;
    EXPECT_EQ(status.error().fault, Fault::input) << name;
  }
}

TEST(Files, AScratchFolderIsGoneAfterwardsUnlessKept) {
  const ScratchFolder outer = scratch();
  fs::path gone;
  {
    const ScratchFolder inner = *ScratchFolder::make(outer.path(), "x");
    gone = inner.path();
    ASSERT_TRUE(write_file(gone / "a", "one"));
  }
  EXPECT_FALSE(fs::exists(gone));

  ScratchFolder kept = *ScratchFolder::make(outer.path(), "x");
  ASSERT_TRUE(write_file(kept.path() / "a", "one"));
  ASSERT_TRUE(std::move(kept).keep_as(outer.path() / "result"));
  EXPECT_EQ(*read_file(outer.path() / "result" / "a"), "one");
}

TEST(Files, KeepingOverSomethingIsRefusedAndLeavesItAsItWas) {
  const ScratchFolder outer = scratch();
  fs::create_directory(outer.path() / "result");
  ASSERT_TRUE(write_file(outer.path() / "result" / "old", "old"));
  const Status status = [&] {
    ScratchFolder folder = *ScratchFolder::make(outer.path(), "x");
    return std::move(folder).keep_as(outer.path() / "result");
  }();
  ASSERT_FALSE(status);
  EXPECT_EQ(status.error().fault, Fault::input);
  EXPECT_EQ(*read_file(outer.path() / "result" / "old"), "old");
}

TEST(Files, WhatAKilledProgramLeftOfTheSameTargetIsSwept) {
  const ScratchFolder outer = scratch();
  const fs::path orphan = outer.path() / ".result.aside-abcdef";
  const std::vector<fs::path> strangers = {outer.path() / ".other.aside-abcdef",
                                           outer.path() / ".result.aside-longer-name",
                                           outer.path() / "result.aside-abcdef"};
  fs::create_directory(orphan);
  ASSERT_TRUE(write_file(orphan / "a", "half"));
  for (const fs::path& stranger : strangers) {
    fs::create_directory(stranger);
  }
  const ScratchFolder at_work = *ScratchFolder::make_beside(outer.path() / "result");
  EXPECT_FALSE(fs::exists(orphan));
  const ScratchFolder at_work_too = *ScratchFolder::make_beside(outer.path() / "result/");
  EXPECT_TRUE(fs::exists(at_work.path()));
  EXPECT_TRUE(fs::exists(at_work_too.path()));
  for (const fs::path& stranger : strangers) {
    EXPECT_TRUE(fs::exists(stranger)) << stranger;
  }
}

TEST(Files, ALockIsHeldByOneAtATime) {
  const ScratchFolder folder = scratch();
  {
    const FileLock lock = *FileLock::take(folder.path() / "lock");
    EXPECT_FALSE(FileLock::take(folder.path() / "lock"));
  }
  EXPECT_TRUE(FileLock::take(folder.path() / "lock"));
}

TEST(Files, ALockIsSharedByManyOrTakenByOne) {
  const ScratchFolder folder = scratch();
  const fs::path path = folder.path() / "lock";
  ASSERT_TRUE(write_file(path, ""));
  {
    const FileLock one = *FileLock::share(path);
    const FileLock two = *FileLock::share(path);
    EXPECT_FALSE(FileLock::take(path));
  }
  EXPECT_TRUE(FileLock::take(path));
}

TEST(Files, AWriteSweepsWhatAKilledOneLeft) {
  const ScratchFolder folder = scratch();
  const fs::path target = folder.path() / "report.html";
  const fs::path orphan = folder.path() / ".report.html.aside-abcdef";
  fs::create_directory(orphan);
  ASSERT_TRUE(write_file(orphan / "file", "half a page"));
  ASSERT_TRUE(write_file(target, "a page"));
  EXPECT_EQ(std::distance(fs::directory_iterator(folder.path()), fs::directory_iterator()), 1);
  EXPECT_EQ(*read_file(target), "a page");
}

TEST(DestroyFile, OverwritesWhatAnotherNameStillShows) {
  const ScratchFolder folder = *ScratchFolder::make(fs::temp_directory_path(), "destroy-");
  const fs::path path = folder.path() / "secret";
  ASSERT_TRUE(write_file(path, std::string(100'000, 's')));
  fs::create_hard_link(path, folder.path() / "other");
  ASSERT_TRUE(destroy_file(path));
  EXPECT_FALSE(fs::exists(path));
  EXPECT_EQ(*read_file(folder.path() / "other"), std::string(100'000, '\0'));
  EXPECT_TRUE(destroy_file(path)) << "it is gone already";
  fs::create_symlink(folder.path() / "other", path);
  EXPECT_FALSE(destroy_file(path)) << "a link is another's file";
}

}  // namespace
}  // namespace parcours
