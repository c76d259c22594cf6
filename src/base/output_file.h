// A new file, written from its beginning to its end. The program creates every file through this
// class.
//
//   ASSIGN_OR_RETURN(OutputFile file, OutputFile::create(path, Readers::as_umask_says));
//   RETURN_IF_ERROR(file.write("day,code\n"));
//   // flushed to the disk; without it, an error goes unseen
//   RETURN_IF_ERROR(file.close());
//
// G1: it never opens an existing file, so it overwrites nothing and waits for no pipe.
// G2: the file's permissions obey the user's umask, or only the owner can read it.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string_view>

#include "base/error.h"

namespace parcours {

// Who may read a file that is made. `owner`: for what is personal data by itself, as a vault's
// files are. `as_umask_says`: for what the user asked to be written.
enum class Readers { owner, as_umask_says };

class OutputFile {
 public:
  static Result<OutputFile> create(const std::filesystem::path& path, Readers readers);
  OutputFile(OutputFile&& other) noexcept;
  OutputFile& operator=(OutputFile&&) = delete;
  ~OutputFile();

  Status write(std::string_view text);
  // Flushes to the disk and closes. The file's size in bytes.
  Result<std::uint64_t> close();

  const std::filesystem::path& path() const { return path_; }
  int descriptor() const { return descriptor_; }

 private:
  OutputFile(int descriptor, std::filesystem::path path)
      : descriptor_(descriptor), path_(std::move(path)) {}
  int descriptor_;
  std::filesystem::path path_;
};

}  // namespace parcours
