// Writes files and folders so that they are complete or do not exist, and locks them.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "base/output_file.h"
#include "base/stop.h"

namespace parcours {

// The whole file, opened as InputFile opens it (input_file.h says with what errors); one of over
// `most` bytes is refused as input.
Result<std::string> read_file(const std::filesystem::path& path,
                              std::size_t most = std::size_t{1} << 30);

// Writes aside, flushes to the disk and renames: afterwards the path holds all of `text`, or what
// it held before.
Status write_file(const std::filesystem::path& path, std::string_view text,
                  Readers readers = Readers::as_umask_says);

// Appends a short text to a file in one write, so that appends of several programs do not mix, and
// flushes it to the disk. If the file does not exist, it is created with access for its owner only.
// A link or a pipe is an error.
Status append_to_file(const std::filesystem::path& path, std::string_view text);

// Overwrites a file's bytes with zeros, flushes them to the disk, and removes the file. Done if
// there is no such file. A link or a pipe is an error. A disk that writes elsewhere than it read
// (an SSD) keeps the old bytes until it needs the room.
Status destroy_file(const std::filesystem::path& path);

// Creates a folder in an existing one; false if it already exists.
Result<bool> make_folder(const std::filesystem::path& path, Readers readers);

// Checks, before long work, that write_file() may write to `path`. Error (Fault::input): the path
// is an input or lies in an input folder; it exists and is not a regular file (a symbolic link is
// not one, wherever it leads); its folder does not exist or cannot be written to.
Status check_writable(const std::filesystem::path& path,
                      const std::vector<std::filesystem::path>& inputs);

// Removes what a killed program left beside `target` while it made it (ScratchFolder::make_beside).
void sweep_beside(const std::filesystem::path& target);

// Flushes a file or a folder to the disk.
Status flush_to_disk(const std::filesystem::path& path);

// The folder of `path`; `path` may end in a slash.
std::filesystem::path folder_of(const std::filesystem::path& path);

// A folder that its destructor deletes with everything in it, unless it was kept.
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
  int hold_ = -1;  // the folder, open and locked while a program works in it
};

// A lock that is held while this object exists; a second attempt to take it, in this process or
// another, is an error that names `path`.
class FileLock {
 public:
  static Result<FileLock> take(const std::filesystem::path& path);
  // The same, but waits for who holds it, until Ctrl-C.
  static Result<FileLock> wait(const std::filesystem::path& path, const Stop& stop);
  // Many may share the lock of a file that exists; while one does, take() fails. Waits for who has
  // taken it.
  static Result<FileLock> share(const std::filesystem::path& path);
  FileLock(FileLock&& other) noexcept;
  FileLock& operator=(FileLock&&) = delete;
  ~FileLock();

 private:
  // Nothing: another program holds it.
  static Result<std::optional<FileLock>> try_to_take(const std::filesystem::path& path);
  explicit FileLock(int descriptor) : descriptor_(descriptor) {}
  int descriptor_;
};

}  // namespace parcours
