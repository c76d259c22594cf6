#include "records/private_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>
#include <utility>

#include "base/files.h"

namespace parcours {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t most_bytes = 4096;

std::string reason(int number) {
  return std::generic_category().message(number);
}

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

 private:
  int number_;
};

Status check_private(int file, const fs::path& path) {
  struct stat status {};
  if (::fstat(file, &status) != 0) {
    return machine_fault("cannot look at the file: " + reason(errno), path.string());
  }
  if (!S_ISREG(status.st_mode)) {
    return bad_input("a secret is read from a regular file only, and this is none", path.string(),
                     "a command that prints the key is given with --key-command");
  }
  if (status.st_uid != ::geteuid()) {
    return bad_input("a secret that is another user's file", path.string(),
                     fmt::format("make it yours: chown {} {}", ::geteuid(), path.string()));
  }
  if ((status.st_mode & 077) != 0) {
    return bad_input("a secret that others than its owner can read or change", path.string(),
                     "close it: chmod 600 " + path.string());
  }
  return {};
}

}  // namespace

Result<Secret> read_secret(int descriptor, const std::string& where) {
  Secret text(most_bytes + 1);
  std::size_t filled = 0;
  while (filled < text.size()) {
    const ssize_t got = ::read(descriptor, text.data() + filled, text.size() - filled);
    if (got < 0 && errno == EINTR) {
      continue;
    }
    if (got < 0) {
      return machine_fault("cannot read: " + reason(errno), where);
    }
    if (got == 0) {
      text.shorten(filled);
      return text;
    }
    filled += static_cast<std::size_t>(got);
  }
  return bad_input(fmt::format("more than the {} bytes that a secret may have", most_bytes), where,
                   "is this the file that you meant?");
}

Result<Secret> read_private_file(const fs::path& path) {
  // A FIFO is not waited for.
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY));
  if (file.get() < 0) {
    return bad_input("cannot read the file: " + reason(errno), path.string());
  }
  RETURN_IF_ERROR(check_private(file.get(), path));
  return read_secret(file.get(), path.string());
}

Status write_private_file(const fs::path& path, const Secret& text) {
  const Descriptor file(::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
  if (file.get() < 0) {
    const int number = errno;
    return number == EEXIST || number == ENOENT
               ? bad_input("cannot make the file: " + reason(number), path.string())
               : machine_fault("cannot make the file: " + reason(number), path.string());
  }
  const std::string_view bytes = text.text();
  if (::write(file.get(), bytes.data(), bytes.size()) != std::ssize(bytes) ||
      ::fsync(file.get()) != 0) {
    const int number = errno;
    ::unlink(path.c_str());
    return machine_fault("cannot write the file: " + reason(number), path.string());
  }
  return flush_to_disk(folder_of(path));
}

}  // namespace parcours
