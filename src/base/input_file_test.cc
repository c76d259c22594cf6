#include "base/input_file.h"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <cstring>

#include "base/files.h"

namespace parcours {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

class InputFiles : public testing::Test {
 protected:
  fs::path place(const char* name) const { return folder.path() / name; }
  Error error_of(const fs::path& path) const {
    const Result<InputFile> file = InputFile::open(path);
    EXPECT_FALSE(file) << path;
    return file ? Error{} : file.error();
  }
  ScratchFolder folder = *ScratchFolder::make(fs::temp_directory_path(), "input-");
};

TEST_F(InputFiles, AFileIsReadFromAnyPlaceAndToItsEnd) {
  ASSERT_TRUE(write_file(place("a"), "0123456789"));
  const InputFile file = *InputFile::open(place("a"));
  std::string four(4, ' ');
  EXPECT_EQ(*file.read_at(3, four), 4U);
  EXPECT_EQ(four, "3456");
  EXPECT_EQ(*file.read_at(8, four), 2U);
  EXPECT_EQ(*file.read_at(10, four), 0U);
  EXPECT_EQ(*file.head(3), "012");
  EXPECT_EQ(*file.text(10), "0123456789");
  EXPECT_FALSE(file.text(9));
  EXPECT_EQ(file.size(), 10U);
}

TEST_F(InputFiles, G1_APipeADeviceASocketAndAFolderAreRefusedAtOnce) {
  ASSERT_EQ(::mkfifo(place("pipe").c_str(), 0600), 0);
  const int socket = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_un address{.sun_family = AF_UNIX, .sun_path = {}};
  std::strncpy(address.sun_path, place("socket").c_str(), sizeof(address.sun_path) - 1);
  ASSERT_EQ(::bind(socket, reinterpret_cast<sockaddr*>(&address), sizeof(address)), 0);
  ::close(socket);
  for (const auto& [path, said] : {std::pair(place("pipe"), "this is a pipe, not a file"),
                                   {place("socket"), "this is not a regular file"},
                                   {fs::path("/dev/null"), "this is a device, not a file"},
                                   {folder.path(), "this is a folder, not a file"}}) {
    const Error error = error_of(path);
    EXPECT_EQ(error.fault, Fault::input) << path;
    EXPECT_THAT(error.sentence(), HasSubstr(said));
    EXPECT_THAT(error.sentence(), HasSubstr(path.string()));
  }
}

TEST_F(InputFiles, G1_ALinkToAFileIsThatFileAndOneToAPipeIsAPipe) {
  ASSERT_TRUE(write_file(place("a"), "text"));
  ASSERT_EQ(::mkfifo(place("pipe").c_str(), 0600), 0);
  fs::create_symlink(place("a"), place("to a"));
  fs::create_symlink(place("pipe"), place("to pipe"));
  fs::create_symlink(place("round"), place("round"));
  EXPECT_EQ(*InputFile::open(place("to a"))->text(10), "text");
  EXPECT_THAT(error_of(place("to pipe")).sentence(), HasSubstr("a pipe"));
  EXPECT_EQ(error_of(place("round")).fault, Fault::input);
}

TEST_F(InputFiles, G2_WhatIsReadIsWhatWasOpenedWhateverHasItsNameLater) {
  ASSERT_TRUE(write_file(place("a"), "first"));
  const InputFile file = *InputFile::open(place("a"));
  ASSERT_TRUE(write_file(place("a"), "second"));
  EXPECT_EQ(*file.text(10), "first");
  const InputFile copy = file;
  fs::remove(place("a"));
  EXPECT_EQ(*copy.text(10), "first");
}

TEST_F(InputFiles, G3_AMissingFileAndADiskThatCannotBeReadAreToldApart) {
  const Error missing = error_of(place("none"));
  EXPECT_EQ(missing.fault, Fault::input);
  EXPECT_EQ(missing.found, "there is no such file");
  // The memory of this program as a file: nothing can be read at its beginning (EIO).
  const Result<InputFile> memory = InputFile::open("/proc/self/mem");
  if (!memory) {
    GTEST_SKIP() << "/proc/self/mem cannot be opened here";
  }
  const Result<std::string> unread = memory->text(10);
  ASSERT_FALSE(unread);
  EXPECT_EQ(unread.error().fault, Fault::machine);
  EXPECT_THAT(unread.error().found, HasSubstr("cannot read the file"));
}

TEST_F(InputFiles, G3_AFileThatMayNotBeReadIsSaidToBeForbidden) {
  if (::geteuid() == 0) {
    GTEST_SKIP() << "root may read everything";
  }
  ASSERT_TRUE(write_file(place("a"), "text"));
  fs::permissions(place("a"), fs::perms::none);
  EXPECT_EQ(error_of(place("a")).found, "permission denied");
  EXPECT_EQ(error_of(place("a")).fault, Fault::input);
}

}  // namespace
}  // namespace parcours
