#include "base/files.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstddef>
#include <cstdlib>
#include <system_error>
#include <thread>
#include <vector>

#include "base/descriptor.h"
#include "base/input_file.h"
#include "base/lies_in.h"

namespace parcours {
namespace {

namespace fs = std::filesystem;

std::unexpected<Error> failed(std::string_view what, const fs::path& path, int number) {
  return machine_fault(fmt::format("{}: {}", what, errno_text(number)), path.string());
}

bool is_regular(int descriptor) {
  struct stat status {};
  return ::fstat(descriptor, &status) == 0 && S_ISREG(status.st_mode);
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

std::string aside_prefix(const fs::path& target) {
  constexpr std::size_t longest = 200;  // of the 255 bytes that a name may have
  const fs::path name = (target.has_filename() ? target : target.parent_path()).filename();
  return fmt::format(".{}.aside-", name.string().substr(0, longest));
}

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

std::unexpected<Error> not_a_lock(const fs::path& path) {
  return bad_input("the lock is not a regular file", path.string(),
                   "restore the vault from a copy");
}

}  // namespace

fs::path folder_of(const fs::path& path) {
  const fs::path whole = path.has_filename() ? path : path.parent_path();
  return whole.has_parent_path() ? whole.parent_path() : fs::path(".");
}

Result<std::string> read_file(const fs::path& path, std::size_t most) {
  ASSIGN_OR_RETURN(const InputFile file, InputFile::open(path));
  return file.text(most);
}

Status write_file(const fs::path& path, std::string_view text, Readers readers) {
  // Aside in a folder of its own: should this be killed, the next write of the same file sweeps it.
  Result<ScratchFolder> folder = ScratchFolder::make_beside(path);
  if (!folder) {
    return machine_fault("cannot write: " + folder.error().found, path.string());
  }
  const fs::path aside = folder->path() / "file";
  const Status written = [&]() -> Status {
    ASSIGN_OR_RETURN(OutputFile file, OutputFile::create(aside, readers));
    RETURN_IF_ERROR(file.write(text));
    RETURN_IF_ERROR(file.close());
    if (::rename(aside.c_str(), path.c_str()) != 0) {
      return failed("cannot write", path, errno);
    }
    return {};
  }();
  if (!written) {
    Error error = written.error();
    error.where = path.string();
    return std::unexpected(std::move(error));
  }
  return flush_to_disk(folder_of(path));
}

Status append_to_file(const fs::path& path, std::string_view text) {
  const Descriptor file(::open(
      path.c_str(), O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0600));
  if (!file.good() || !is_regular(file.get())) {
    return failed("cannot add to this file", path, file.good() ? EINVAL : errno);
  }
  if (::write(file.get(), text.data(), text.size()) != static_cast<ssize_t>(text.size()) ||
      ::fsync(file.get()) != 0) {
    return failed("cannot add to this file", path, errno);
  }
  return {};
}

Status destroy_file(const fs::path& path) {
  const Descriptor file(::open(path.c_str(), O_WRONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK));
  if (!file.good() && errno == ENOENT) {
    return {};
  }
  struct stat status {};
  if (!file.good() || ::fstat(file.get(), &status) != 0 || !S_ISREG(status.st_mode)) {
    return failed("cannot destroy this file", path, file.good() ? EINVAL : errno);
  }
  const std::string zeros(std::size_t{1} << 16, '\0');
  for (off_t at = 0; at < status.st_size;) {
    const auto some =
        std::min<std::size_t>(zeros.size(), static_cast<std::size_t>(status.st_size - at));
    const ssize_t written = ::pwrite(file.get(), zeros.data(), some, at);
    if (written <= 0) {
      return failed("cannot destroy this file", path, errno);
    }
    at += written;
  }
  if (::fsync(file.get()) != 0 || ::unlink(path.c_str()) != 0) {
    return failed("cannot destroy this file", path, errno);
  }
  return flush_to_disk(folder_of(path));
}

Result<bool> make_folder(const fs::path& path, Readers readers) {
  if (::mkdir(path.c_str(), readers == Readers::owner ? 0700 : 0777) == 0) {
    return true;
  }
  const int number = errno;
  std::error_code ignored;
  if (number == EEXIST && fs::is_directory(path, ignored)) {
    return false;
  }
  return failed("cannot create a folder", path, number);
}

Status check_writable(const fs::path& path, const std::vector<fs::path>& inputs) {
  std::error_code failed;
  for (const fs::path& input : inputs) {
    if (fs::equivalent(path, input, failed)) {
      return bad_input("this output file would overwrite an input", path.string(),
                       "name another output file");
    }
    if (fs::is_directory(input, failed) && lies_in(path, input)) {
      return bad_input("this output file would lie inside an input folder", path.string(),
                       "name a file outside " + input.string());
    }
  }
  const fs::file_status there = fs::symlink_status(path, failed);
  if (fs::exists(there) && !fs::is_regular_file(there)) {
    return bad_input(fs::is_directory(there) ? "this is a folder, so no file can be written here"
                     : fs::is_symlink(there) ? "this is a symbolic link, so no file can be "
                                               "written here"
                                             : "this is not a regular file, so it cannot be "
                                               "replaced",
                     path.string(), "name a regular file, or a file that does not exist yet");
  }
  const fs::path folder = folder_of(path);
  if (!path.has_filename() || !fs::is_directory(folder, failed)) {
    return bad_input("there is no such folder", path.string(),
                     "create the folder first, or name another");
  }
  if (::faccessat(AT_FDCWD, folder.c_str(), W_OK | X_OK, AT_EACCESS) != 0) {
    return bad_input("cannot write to this folder: " + errno_text(errno), path.string(),
                     "name another folder");
  }
  return {};
}

void sweep_beside(const fs::path& target) {
  sweep(folder_of(target), aside_prefix(target));
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
      return failed("cannot create a folder here", parent, errno);
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
  sweep_beside(target);
  return make(folder_of(target), aside_prefix(target));
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
      return bad_input("this path already exists", target.string(),
                       "name a path that does not exist yet");
    }
    return failed("cannot move the result here", target, number);
  }
  path_.clear();
  return flush_to_disk(folder_of(target));
}

Result<std::optional<FileLock>> FileLock::try_to_take(const fs::path& path) {
  const int descriptor =
      ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NONBLOCK | O_NOFOLLOW, 0600);
  if (descriptor < 0) {
    return failed("cannot take the lock", path, errno);
  }
  FileLock lock(descriptor);
  if (!is_regular(descriptor)) {
    return not_a_lock(path);
  }
  if (::flock(descriptor, LOCK_EX | LOCK_NB) != 0) {
    const int number = errno;
    if (number == EWOULDBLOCK) {
      return std::nullopt;
    }
    return failed("cannot take the lock", path, number);
  }
  return lock;
}

Result<FileLock> FileLock::take(const fs::path& path) {
  ASSIGN_OR_RETURN(std::optional<FileLock> lock, try_to_take(path));
  if (!lock) {
    return bad_input("another program holds this lock", path.string(),
                     "wait until that program has ended");
  }
  return *std::move(lock);
}

Result<FileLock> FileLock::wait(const fs::path& path, const Stop& stop) {
  constexpr auto between_tries = std::chrono::milliseconds(50);
  while (!stop.requested()) {
    ASSIGN_OR_RETURN(std::optional<FileLock> lock, try_to_take(path));
    if (lock) {
      return *std::move(lock);
    }
    std::this_thread::sleep_for(between_tries);
  }
  return stopped();
}

Result<FileLock> FileLock::share(const fs::path& path) {
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOFOLLOW);
  if (descriptor < 0) {
    return failed("cannot share the lock", path, errno);
  }
  FileLock lock(descriptor);
  if (!is_regular(descriptor)) {
    return not_a_lock(path);
  }
  while (::flock(descriptor, LOCK_SH) != 0) {
    if (const int number = errno; number != EINTR) {
      return failed("cannot share the lock", path, number);
    }
  }
  return lock;
}

FileLock::FileLock(FileLock&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}

FileLock::~FileLock() {
  if (descriptor_ >= 0) {
    ::close(descriptor_);
  }
}

}  // namespace parcours
