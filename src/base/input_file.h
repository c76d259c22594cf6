// A file that is open for reading. The program reads every file that a user names through this
// class.
//
//   ASSIGN_OR_RETURN(const InputFile file, InputFile::open("export.csv"));
//   ASSIGN_OR_RETURN(const std::size_t got, file.read_at(0, block));   // 0: past the end
//
// A copy shares the same open file. Every read gives its own position in the file, so several
// readers of one open file do not disturb each other.
//
// G1: only regular files are opened (by symbolic links too). A pipe, a device or a folder is an
//     error at once; none is ever waited for.
// G2: the path is looked up once. All readers of an InputFile see the bytes of the same file,
//     whatever happens to the path meanwhile.
// G3: an error tells apart: no such file, permission denied, a folder, a pipe or device (all
//     Fault::input), and a disk that cannot be read (Fault::machine).
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "base/error.h"
#include "base/named_file.h"

namespace parcours {

// What an error found where the file is there and may not be read.
inline constexpr const char* permission_denied = "permission denied";

class InputFile {
 public:
  static Result<InputFile> open(const std::filesystem::path& path);
  static Result<InputFile> open(const NamedFile& file);
  // A file in memory, of no bytes yet, that only this process knows. Who makes it writes to its
  // descriptor; errors call it `path`.
  static Result<InputFile> in_memory(const std::filesystem::path& path);

  const std::filesystem::path& path() const { return open_->path; }  // as it was given
  const std::string& name() const { return open_->shown; }           // for errors
  std::uint64_t size() const { return open_->size; }                 // in bytes, when opened
  int descriptor() const { return open_->descriptor; }  // of the open file, while this lives

  // Fills `to` from the file's place `from` on and says how many bytes; fewer than it holds only at
  // the file's end.
  Result<std::size_t> read_at(std::uint64_t from, std::span<char> to) const;
  // Calls take(block) on each block of bytes to the end, or until it gives an error.
  template <class Take>
  Status each_block(Take take) const {
    constexpr std::size_t block_bytes = std::size_t{1} << 18;  // stays in the processor's cache
    std::vector<char> block(block_bytes);
    for (std::uint64_t at = 0;;) {
      ASSIGN_OR_RETURN(const std::size_t got, read_at(at, block));
      if (got == 0) {
        return {};
      }
      RETURN_IF_ERROR(take(std::span<const char>(block.data(), got)));
      at += got;
    }
  }
  // The first bytes of the file, at most `most` of them.
  Result<std::string> head(std::size_t most) const;
  // The whole file. One of over `most` bytes is refused as input.
  Result<std::string> text(std::size_t most) const;

 private:
  struct Open {
    std::filesystem::path path;
    std::string shown;
    int descriptor;
    std::uint64_t size = 0;
    Open(const NamedFile& file, int number)
        : path(file.path), shown(file.shown), descriptor(number) {}
    Open(const Open&) = delete;
    Open& operator=(const Open&) = delete;
    ~Open();
  };
  explicit InputFile(std::shared_ptr<const Open> open) : open_(std::move(open)) {}
  std::shared_ptr<const Open> open_;
};

}  // namespace parcours
