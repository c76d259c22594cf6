#include "base/input_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <string_view>
#include <system_error>
#include <utility>

namespace parcours {
namespace {

namespace fs = std::filesystem;

// Why open() failed. What the user can mend is input; what is left is the machine's.
std::unexpected<Error> unopened(const std::string& name, int number) {
  switch (number) {
    case ENOENT:
    case ENOTDIR:
    case ELOOP:
    case ENAMETOOLONG:
      return bad_input("there is no such file", name,
                       number == ENOENT || number == ENOTDIR ? "" : errno_text(number));
    case EACCES:
    case EPERM:
      return bad_input(permission_denied, name,
                       "ask its owner for permission to read this file and to enter its folder");
    case ENXIO:  // a socket, or a device that is not there
      return bad_input("this is not a regular file", name, "save its contents to a file first");
    default:
      return machine_fault("cannot open the file: " + errno_text(number), name);
  }
}

std::string_view kind_of(mode_t mode) {
  return S_ISFIFO(mode) ? "a pipe" : S_ISSOCK(mode) ? "a socket" : "a device";
}

}  // namespace

InputFile::Open::~Open() {
  ::close(descriptor);
}

Result<InputFile> InputFile::open(const fs::path& path) {
  return open(NamedFile(path));
}

Result<InputFile> InputFile::open(const NamedFile& file) {
  // O_NONBLOCK: a pipe that nobody writes to must not hang us; it is refused below.
  const int descriptor = ::open(file.path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
  if (descriptor < 0) {
    return unopened(file.shown, errno);
  }
  auto open = std::make_shared<Open>(file, descriptor);
  struct stat status {};
  if (::fstat(descriptor, &status) != 0) {
    return machine_fault("cannot examine the file: " + errno_text(errno), file.shown);
  }
  if (S_ISDIR(status.st_mode)) {
    return bad_input("this is a folder, not a file", file.shown);
  }
  if (!S_ISREG(status.st_mode)) {
    return bad_input(fmt::format("this is {}, not a file", kind_of(status.st_mode)), file.shown,
                     "save its contents to a file, and name that file");
  }
  ::posix_fadvise(descriptor, 0, 0, POSIX_FADV_SEQUENTIAL);
  open->size = static_cast<std::uint64_t>(status.st_size);
  return InputFile(std::move(open));
}

Result<InputFile> InputFile::in_memory(const fs::path& path) {
  const int descriptor = ::memfd_create("parcours", MFD_CLOEXEC);
  if (descriptor < 0) {
    return machine_fault("not enough memory for the file: " + errno_text(errno), path.string());
  }
  return InputFile(std::make_shared<Open>(path, descriptor));
}

Result<std::size_t> InputFile::read_at(std::uint64_t from, std::span<char> to) const {
  std::size_t got = 0;
  while (got < to.size()) {
    const ssize_t more =
        ::pread(descriptor(), to.data() + got, to.size() - got, static_cast<off_t>(from + got));
    if (more < 0 && errno == EINTR) {
      continue;
    }
    if (more < 0) {
      return machine_fault("cannot read the file: " + errno_text(errno), name());
    }
    if (more == 0) {
      break;
    }
    got += static_cast<std::size_t>(more);
  }
  return got;
}

Result<std::string> InputFile::head(std::size_t most) const {
  std::string bytes(most, '\0');
  ASSIGN_OR_RETURN(const std::size_t got, read_at(0, bytes));
  bytes.resize(got);
  return bytes;
}

// Read until the end and not by its size: a file may grow, and some under /proc say 0.
Result<std::string> InputFile::text(std::size_t most) const {
  constexpr std::size_t block = std::size_t{1} << 16;
  std::string text;
  std::size_t got = 0;
  do {
    const std::size_t before = text.size();
    text.resize(before + std::max<std::size_t>(
                             block, before == 0 ? std::min<std::size_t>(size(), most) + 1 : 0));
    ASSIGN_OR_RETURN(got, read_at(before, std::span(text).subspan(before)));
    text.resize(before + got);
    if (text.size() > most) {
      return bad_input(fmt::format("the file is larger than {} bytes", most), name(),
                       "is this the file that you meant?");
    }
  } while (got > 0);
  return text;
}

}  // namespace parcours
