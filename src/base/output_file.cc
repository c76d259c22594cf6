#include "base/output_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>
#include <utility>

namespace parcours {
namespace {

std::unexpected<Error> failed(const std::filesystem::path& path, int number) {
  return machine_fault("cannot write: " + std::generic_category().message(number), path.string());
}

}  // namespace

Result<OutputFile> OutputFile::create(const std::filesystem::path& path, Readers readers) {
  const int descriptor = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC,
                                readers == Readers::owner ? 0600 : 0666);
  if (descriptor < 0) {
    return failed(path, errno);
  }
  return OutputFile(descriptor, path);
}

OutputFile::OutputFile(OutputFile&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)), path_(std::move(other.path_)) {}

OutputFile::~OutputFile() {
  if (descriptor_ >= 0) {
    ::close(descriptor_);
  }
}

Status OutputFile::write(std::string_view text) {
  while (!text.empty()) {
    const ssize_t put = ::write(descriptor_, text.data(), text.size());
    if (put < 0 && errno != EINTR) {
      return failed(path_, errno);
    }
    text.remove_prefix(put < 0 ? 0 : static_cast<std::size_t>(put));
  }
  return {};
}

Result<std::uint64_t> OutputFile::close() {
  const int descriptor = std::exchange(descriptor_, -1);
  struct stat status {};
  int number = ::fsync(descriptor) == 0 && ::fstat(descriptor, &status) == 0 ? 0 : errno;
  if (::close(descriptor) != 0 && number == 0) {
    number = errno;
  }
  if (number != 0) {
    return failed(path_, number);
  }
  return static_cast<std::uint64_t>(status.st_size);
}

}  // namespace parcours
