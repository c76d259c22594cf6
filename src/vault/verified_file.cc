#include "vault/verified_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/mman.h>
#include <sys/stat.h>

#include <cerrno>
#include <system_error>

#include "vault/digest.h"
#include "vault/file_blocks.h"

namespace parcours {
namespace {

namespace fs = std::filesystem;

std::unexpected<Error> failed(const char* what, const fs::path& path, int number) {
  return machine_fault(fmt::format("{}: {}", what, std::generic_category().message(number)),
                       path.string());
}

std::unexpected<Error> no_file(const fs::path& path) {
  return bad_input("something else where a file of the vault should be", path.string(),
                   restore_hint);
}

std::unexpected<Error> changed(const fs::path& path) {
  return bad_input("a file of the vault holds other bytes than were written", path.string(),
                   restore_hint);
}

Status append(const Descriptor& memory, std::span<const char> bytes, const fs::path& path) {
  while (!bytes.empty()) {
    const ssize_t put = ::write(memory.get(), bytes.data(), bytes.size());
    if (put < 0) {
      if (errno == EINTR) {
        continue;
      }
      return failed("no memory to read a file of the vault", path, errno);
    }
    bytes = bytes.subspan(static_cast<std::size_t>(put));
  }
  return {};
}

}  // namespace

Result<VerifiedFile> VerifiedFile::make() {
  Descriptor memory(::memfd_create("bucket", MFD_CLOEXEC));
  if (!memory.good()) {
    return failed("no memory to read files of the vault", {}, errno);
  }
  return VerifiedFile(std::move(memory));
}

Status VerifiedFile::read(const fs::path& vault, const BucketFile& file) {
  const fs::path path = file.path(vault);
  // A pipe would be waited for, and a link may lead anywhere.
  const Descriptor source(
      ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY));
  if (!source.good()) {
    const int number = errno;
    if (number == ENOENT) {
      return bad_input("a file of the vault is missing", path.string(), restore_hint);
    }
    return number == ELOOP ? no_file(path)
                           : failed("cannot open a file of the vault", path, number);
  }
  struct stat kind {};
  if (::fstat(source.get(), &kind) != 0 || !S_ISREG(kind.st_mode)) {
    return no_file(path);
  }
  return take(source, path, file);
}

Status VerifiedFile::take(const Descriptor& source, const fs::path& path, const BucketFile& file) {
  ::lseek(memory_.get(), 0, SEEK_SET);
  Digester digester;
  std::uint64_t bytes = 0;
  RETURN_IF_ERROR(each_block(source, path, [&](std::span<const char> block) -> Status {
    bytes += block.size();
    if (bytes > file.bytes) {
      return changed(path);
    }
    digester.take(block);
    return append(memory_, block, path);
  }));
  if (bytes != file.bytes || digester.finish() != file.digest) {
    return changed(path);
  }
  // What a longer file left.
  if (::ftruncate(memory_.get(), static_cast<off_t>(bytes)) != 0) {
    return failed("no memory to read a file of the vault", path, errno);
  }
  return {};
}

std::string VerifiedFile::from() const {
  return fmt::format("read_parquet('/proc/self/fd/{}', hive_partitioning = false)", memory_.get());
}

}  // namespace parcours
