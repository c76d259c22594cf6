// Writes files and folders so that they are complete or do not exist, and locks them.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "base/output_file.h"

namespace parcours {

// The whole file, opened as InputFile opens it (input_file.h says with what errors); one of over
// `most` bytes is refused as input.
Result<std::string> read_file(const std::filesystem::path& path,
                              std::size_t most = std::size_t{1} << 30);

// Written aside, flushed to the disk, renamed: afterwards the path holds all of `text` or what it
// held before.
Status write_file(const std::filesystem::path& path, std::string_view text,
                  Readers readers = Readers::as_umask_says);

// Adds a short text to the end of a file, in one write, so that it comes whole whoever else adds to
// it, and flushes it to the disk. A file that is not there yet is made, for its owner alone. A link
// or a pipe in its place is an error.
Status append_to_file(const std::filesystem::path& path, std::string_view text);

// Makes a folder in one that exists; false where there is one already.
Result<bool> make_folder(const std::filesystem::path& path, Readers readers);

// Asked before long work whose answer write_file() is to put at `path`. An error of Fault::input where that would take the place of
// an input, or of something in one that is a folder; where something is there that is no regular file (a symbolic link is
// none, wherever it leads); and where there is no such folder or nothing can be written in it.
Status check_writable(const std::filesystem::path& path,
                      const std::vector<std::filesystem::path>& inputs);

// Flushes a file or a folder to the disk.
Status flush_to_disk(const std::filesystem::path& path);

// The folder that `path` lies in, which may end in a slash.
std::filesystem::path folder_of(const std::filesystem::path& path);

// A folder that is removed with everything in it when this goes out of scope, unless kept.
class ScratchFolder {
 public:
  // A fresh folder, readable by its owner alone, whose name begins with `prefix`, inside `parent`.
  static Result<ScratchFolder> make(const std::filesystem::path& parent, std::string_view prefix);

  // A fresh folder beside `target`, hidden, in which to make what becomes `target` by keep_as().
  // What a killed program left of the same target is swept; what one at work is making there is
  // not.
  static Result<ScratchFolder> make_beside(const std::filesystem::path& target);

  ScratchFolder(ScratchFolder&& other) noexcept;
  ScratchFolder& operator=(ScratchFolder&&) = delete;
  ~ScratchFolder();

  const std::filesystem::path& path() const { return path_; }

  // Flushes the folder and renames it to `target`, which must not exist (an empty folder may). One
  // move: all of it is there, or none.
  Status keep_as(const std::filesystem::path& target) &&;

 private:
  ScratchFolder(std::filesystem::path path, int hold) : path_(std::move(path)), hold_(hold) {}
  std::filesystem::path path_;
  int hold_ = -1;  // the folder, open and locked: somebody is at work in it
};

// Held while it lives; a second taker, in this process or another, gets an error that names `path`.
class FileLock {
 public:
  static Result<FileLock> take(const std::filesystem::path& path);
  // Many may share the lock of a file that exists; while one does, take() fails. Waits for who has
  // taken it.
  static Result<FileLock> share(const std::filesystem::path& path);
  FileLock(FileLock&& other) noexcept;
  FileLock& operator=(FileLock&&) = delete;
  ~FileLock();

 private:
  explicit FileLock(int descriptor) : descriptor_(descriptor) {}
  int descriptor_;
};

}  // namespace parcours
