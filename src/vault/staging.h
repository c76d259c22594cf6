// Adds files to a vault: writes them aside, moves them into place, and deletes files that the
// catalog does not name.
#pragma once

#include <filesystem>
#include <vector>

#include "base/error.h"
#include "base/files.h"
#include "base/stop.h"
#include "vault/catalog.h"

namespace parcours::vault {

// The lock of a program that changes the vault.
std::filesystem::path writer_lock_path(const std::filesystem::path& vault);
// The lock of a program while it writes an encrypted catalog anew.
std::filesystem::path catalog_lock_path(const std::filesystem::path& vault);
// The lock that programs share while they have the vault open.
std::filesystem::path readers_lock_path(const std::filesystem::path& vault);

// The folder in which one import or compaction writes. Its destructor deletes files that were not
// moved into place.
class Staging {
 public:
  static Result<Staging> make(const std::filesystem::path& vault);

  std::filesystem::path path_of(const BucketFile& file) const;

  // Moves the files, already flushed, to where the catalog will name them. On an error, Ctrl-C
  // among them, none of them is there.
  Status place(const std::vector<BucketFile>& files, const Stop& stop) const;
  // Takes placed files away again.
  void withdraw(const std::vector<BucketFile>& files) const;

 private:
  Staging(std::filesystem::path vault, ScratchFolder folder)
      : vault_(std::move(vault)), folder_(std::move(folder)) {}
  Status move(const std::vector<BucketFile>& files, const Stop& stop) const;
  std::filesystem::path vault_;
  ScratchFolder folder_;
};

// Every file that the catalog names is there and has its size. The error names the first that is
// not.
Status check_files(const std::filesystem::path& vault, const std::vector<BucketFile>& files);

// Deletes files that the catalog does not name: leftovers of a crash, and files that a compaction
// replaced. While a program has the vault open, its buckets are kept, and a later sweep deletes
// them. The caller holds the writer's lock and has read the catalog through a connection that may
// write: SQLite has then undone what a crash left unfinished, and a remaining journal was never
// begun.
Status sweep(const std::filesystem::path& vault, const std::vector<BucketFile>& files);

// Both parts of sweep(), for a caller that also holds the readers' lock. When they return, the
// files that they deleted are gone from the disk.
Status remove_aside(const std::filesystem::path& vault);
Status remove_unnamed(const std::filesystem::path& vault, const std::vector<BucketFile>& files);

// Deletes files that the catalog named until now, unless a program has the vault open.
void discard(const std::filesystem::path& vault, const std::vector<BucketFile>& files);

}  // namespace parcours::vault
