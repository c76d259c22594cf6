#include "base/files.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <system_error>
#include <vector>

namespace parcours {
namespace {

namespace fs = std::filesystem;

// A file descriptor that closes itself.
class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (number_ >= 0) {
      ::close(number_);
    }
  }
  int get() const { return number_; }
  bool good() const { return number_ >= 0; }

 private:
  int number_;
};

std::string reason(int number) {
  return std::generic_category().message(number);
}

std::unexpected<Error> failed(std::string_view what, const fs::path& path, int number) {
  return machine_fault(fmt::format("{}: {}", what, reason(number)), path.string());
}

// Opens a folder and locks it; -1 where that cannot be, with errno EWOULDBLOCK where somebody has
// it.
int hold(const fs::path& folder) {
  const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
  if (descriptor >= 0 && ::flock(descriptor, LOCK_EX | LOCK_NB) != 0) {
    const int number = errno;
    ::close(descriptor);
    errno = number;
    return -1;
  }
  return descriptor;
}

constexpr std::string_view fresh = "XXXXXX";  // which mkdtemp() makes into a name of its own

// Removes the folders of a name that `prefix` and mkdtemp() make where nobody is at work. What
// cannot be removed stays: it is in nobody's way.
void sweep(const fs::path& parent, std::string_view prefix) {
  std::error_code ignored;
  std::vector<fs::path> orphans;
  for (fs::directory_iterator entry(parent, ignored), end; !ignored && entry != end;
       entry.increment(ignored)) {
    const std::string name = entry->path().filename().string();
    if (name.size() == prefix.size() + fresh.size() && name.starts_with(prefix)) {
      orphans.push_back(entry->path());
    }
  }
  for (const fs::path& orphan : orphans) {
    if (const Descriptor held(hold(orphan)); held.good()) {
      fs::remove_all(orphan, ignored);
    }
  }
}

// Whether `path` is that folder or lies in it, whatever way leads there.
bool lies_in(const fs::path& path, const fs::path& folder) {
  std::error_code failed;
  const fs::path whole = fs::weakly_canonical(path, failed);
  const fs::path outer = fs::canonical(folder, failed);
  return !failed && std::ranges::mismatch(outer, whole).in1 == outer.end();
}

}  // namespace

fs::path folder_of(const fs::path& path) {
  const fs::path whole = path.has_filename() ? path : path.parent_path();
  return whole.has_parent_path() ? whole.parent_path() : fs::path(".");
}

Result<std::string> read_file(const fs::path& path, std::size_t most) {
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (!file.good()) {
    return bad_input("cannot read the file: " + reason(errno), path.string());
  }
  std::string text;
  std::string block(1 << 16, '\0');
  while (true) {
    const ssize_t got = ::read(file.get(), block.data(), block.size());
    if (got < 0) {
      if (errno == EINTR) {
        continue;
      }
      return errno == EISDIR ? bad_input("a folder where a file is needed", path.string())
                             : failed("cannot read", path, errno);
    }
    if (got == 0) {
      return text;
    }
    if (text.size() + static_cast<std::size_t>(got) > most) {
      return bad_input(fmt::format("a file of over {} bytes", most), path.string(),
                       "is this the file that you meant?");
    }
    text.append(block.data(), static_cast<std::size_t>(got));
  }
}

Status write_file(const fs::path& path, std::string_view text) {
  // Aside in a folder of its own: should this be killed, the next write of the same file sweeps it.
  Result<ScratchFolder> folder = ScratchFolder::make_beside(path);
  if (!folder) {
    return machine_fault("cannot write: " + folder.error().found, path.string());
  }
  const fs::path aside = folder->path() / "file";
  const Descriptor file(::open(aside.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
  if (!file.good()) {
    return failed("cannot write", path, errno);
  }
  const auto give_up = [&](int number) { return failed("cannot write", path, number); };
  while (!text.empty()) {
    const ssize_t put = ::write(file.get(), text.data(), text.size());
    if (put < 0) {
      if (errno == EINTR) {
        continue;
      }
      return give_up(errno);
    }
    text.remove_prefix(static_cast<std::size_t>(put));
  }
  if (::fchmod(file.get(), 0644) != 0 || ::fsync(file.get()) != 0 ||
      ::rename(aside.c_str(), path.c_str()) != 0) {
    return give_up(errno);
  }
  return flush_to_disk(folder_of(path));
}

Status check_writable(const fs::path& path, const std::vector<fs::path>& inputs) {
  std::error_code failed;
  for (const fs::path& input : inputs) {
    if (fs::equivalent(path, input, failed)) {
      return bad_input("writing here would take the place of an input", path.string(),
                       "name another file to write");
    }
    if (fs::is_directory(input, failed) && lies_in(path, input)) {
      return bad_input("writing here would change an input", path.string(),
                       "name a file outside of " + input.string());
    }
  }
  const fs::file_status there = fs::symlink_status(path, failed);
  if (fs::exists(there) && !fs::is_regular_file(there)) {
    return bad_input(fs::is_directory(there) ? "a folder where a file is to be written"
                     : fs::is_symlink(there) ? "a symbolic link where a file is to be written"
                                             : "this is no regular file, and cannot be replaced",
                     path.string(), "name a file, there already or not");
  }
  const fs::path folder = folder_of(path);
  if (!path.has_filename() || !fs::is_directory(folder, failed)) {
    return bad_input("there is no such folder to write in", path.string(),
                     "make the folder first, or name another");
  }
  if (::faccessat(AT_FDCWD, folder.c_str(), W_OK | X_OK, AT_EACCESS) != 0) {
    return bad_input("nothing can be written in this folder: " + reason(errno), path.string(),
                     "name another");
  }
  return {};
}

Status flush_to_disk(const fs::path& path) {
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (!file.good() || ::fsync(file.get()) != 0) {
    return failed("cannot flush to disk", path, errno);
  }
  return {};
}

Result<ScratchFolder> ScratchFolder::make(const fs::path& parent, std::string_view prefix) {
  while (true) {
    std::string name = (parent / fmt::format("{}{}", prefix, fresh)).string();
    if (::mkdtemp(name.data()) == nullptr) {
      return failed("cannot make a folder here", parent, errno);
    }
    // Another program may take it for an orphan before it is held: then one more is made.
    const int held = hold(name);
    if (held < 0 && errno == EWOULDBLOCK) {
      continue;
    }
    ScratchFolder folder(name, held);
    std::error_code ignored;
    if (fs::exists(name, ignored)) {
      return folder;
    }
  }
}

Result<ScratchFolder> ScratchFolder::make_beside(const fs::path& target) {
  constexpr std::size_t longest = 200;  // of the 255 bytes that a name may have
  const fs::path name = (target.has_filename() ? target : target.parent_path()).filename();
  const std::string prefix = fmt::format(".{}.aside-", name.string().substr(0, longest));
  sweep(folder_of(target), prefix);
  return make(folder_of(target), prefix);
}

ScratchFolder::ScratchFolder(ScratchFolder&& other) noexcept
    : path_(std::exchange(other.path_, {})), hold_(std::exchange(other.hold_, -1)) {}

ScratchFolder::~ScratchFolder() {
  const Descriptor held(hold_);
  if (!path_.empty()) {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }
}

Status ScratchFolder::keep_as(const fs::path& target) && {
  RETURN_IF_ERROR(flush_to_disk(path_));
  if (::rename(path_.c_str(), target.c_str()) != 0) {
    const int number = errno;
    if (number == EEXIST || number == ENOTEMPTY || number == ENOTDIR) {
      return bad_input("there is something here already", target.string(),
                       "name a place that does not exist yet");
    }
    return failed("cannot move the result here", target, number);
  }
  path_.clear();
  return flush_to_disk(folder_of(target));
}

Result<FileLock> FileLock::take(const fs::path& path) {
  const int descriptor = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (descriptor < 0) {
    return failed("cannot take the lock", path, errno);
  }
  if (::flock(descriptor, LOCK_EX | LOCK_NB) != 0) {
    const int number = errno;
    ::close(descriptor);
    if (number == EWOULDBLOCK) {
      return bad_input("another program is at work here", path.string(), "wait until it has ended");
    }
    return failed("cannot take the lock", path, number);
  }
  return FileLock(descriptor);
}

Result<FileLock> FileLock::share(const fs::path& path) {
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) {
    return failed("cannot share the lock", path, errno);
  }
  while (::flock(descriptor, LOCK_SH) != 0) {
    if (const int number = errno; number != EINTR) {
      ::close(descriptor);
      return failed("cannot share the lock", path, number);
    }
  }
  return FileLock(descriptor);
}

FileLock::FileLock(FileLock&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}

FileLock::~FileLock() {
  if (descriptor_ >= 0) {
    ::close(descriptor_);
  }
}

}  // namespace parcours
