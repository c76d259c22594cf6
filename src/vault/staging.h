// Adds files to a vault: writes them aside, moves them into place, and deletes files that the catalog
// does not name.
#pragma once

#include <filesystem>
#include <vector>

#include "base/error.h"
#include "base/files.h"
#include "base/stop.h"
#include "vault/catalog.h"

namespace parcours {

// Taken by who changes the vault.
std::filesystem::path writer_lock_path(const std::filesystem::path& vault);
// Shared by who has it open.
std::filesystem::path readers_lock_path(const std::filesystem::path& vault);

// Where one import or compaction writes. What was not put in place goes with it.
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

// Removes what the catalog does not name: what a crash left, and files that a compaction replaced.
// While someone has the vault open its buckets are left alone, and a later sweep does it. For the
// holder of the writer's lock, who has read the catalog through a connection that may write: SQLite
// has then taken back what a crash left half done, and a journal that still lies there was never begun.
Status sweep(const std::filesystem::path& vault, const std::vector<BucketFile>& files);

// Both parts of sweep(), for who holds the readers' lock as well. When they return, what they removed
// is gone from the disk.
Status remove_aside(const std::filesystem::path& vault);
Status remove_unnamed(const std::filesystem::path& vault, const std::vector<BucketFile>& files);

// Removes files that the catalog named until now, unless someone has the vault open.
void discard(const std::filesystem::path& vault, const std::vector<BucketFile>& files);

}  // namespace parcours
