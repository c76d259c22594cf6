#include "records/private_file.h"

#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>
#include <utility>

#include "base/files.h"
#include "base/input_file.h"
#include "base/output_file.h"

namespace parcours::records {
namespace {

namespace fs = std::filesystem;

Status check_private(int file, const fs::path& path) {
  struct stat status {};
  if (::fstat(file, &status) != 0) {
    return machine_fault("cannot examine the file: " + errno_text(errno), path.string());
  }
  if (status.st_uid != ::geteuid()) {
    return bad_input("this secret is another user's file", path.string(),
                     fmt::format("change its owner: chown {} {}", ::geteuid(), path.string()));
  }
  if ((status.st_mode & 077) != 0) {
    return bad_input("users other than the owner can read or change this secret", path.string(),
                     "restrict it to its owner: chmod 600 " + path.string());
  }
  return {};
}

}  // namespace

Result<Secret> read_secret(int descriptor, const std::string& where, std::size_t most_bytes) {
  Secret text(most_bytes + 1);
  std::size_t filled = 0;
  while (filled < text.size()) {
    const ssize_t got = ::read(descriptor, text.data() + filled, text.size() - filled);
    if (got < 0 && errno == EINTR) {
      continue;
    }
    if (got < 0) {
      return machine_fault("cannot read: " + errno_text(errno), where);
    }
    if (got == 0) {
      text.shorten(filled);
      return text;
    }
    filled += static_cast<std::size_t>(got);
  }
  return bad_input(
      fmt::format("the file is larger than {} bytes, the most that is read here", most_bytes),
      where, "is this the file that you meant?");
}

Result<Secret> read_private_file(const fs::path& path, std::size_t most_bytes) {
  ASSIGN_OR_RETURN(const InputFile file, InputFile::open(path));
  RETURN_IF_ERROR(check_private(file.descriptor(), path));
  return read_secret(file.descriptor(), path.string(), most_bytes);
}

Status write_private_file(const fs::path& path, const Secret& text) {
  std::error_code ignored;
  if (fs::exists(fs::symlink_status(path, ignored))) {
    return bad_input("the file already exists", path.string());
  }
  if (!fs::is_directory(folder_of(path), ignored)) {
    return bad_input("there is no such folder", folder_of(path).string());
  }
  ASSIGN_OR_RETURN(OutputFile file, OutputFile::create(path, Readers::owner));
  Status written = file.write(text.text());
  if (written) {
    const Result<std::uint64_t> closed = file.close();
    written = closed ? flush_to_disk(folder_of(path)) : std::unexpected(closed.error());
  }
  if (!written) {
    ::unlink(path.c_str());
  }
  return written;
}

}  // namespace parcours::records
