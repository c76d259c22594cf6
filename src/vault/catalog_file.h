// How the catalog lies on the disk: as SQLite's own file, or encrypted as a whole.
//
// An encrypted catalog is read into memory, and SQLite works there: it writes no journal and no
// temporary file. A change makes the whole file anew, aside, and renames it. The commit of an
// import reads all tables back anyway (catalog.h, G4); that of a bucket's compaction does not, so a
// compaction pays for a large catalog once a bucket.
//
// G1: change() is all or nothing, and is on the disk when it returns; the next one sees it.
// G2: no byte of an encrypted catalog reaches the disk in the clear.
// G3: an encrypted catalog that is not as this program encrypted it, for this vault and under its
//     key, is an error of the input before SQLite sees a byte of it.
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <utility>

#include "base/error.h"
#include "base/files.h"
#include "vault/place.h"
#include "vault/sqlite.h"

namespace parcours::vault {

class CatalogFile {
 public:
  // A new file, of what `fill` does to an empty database.
  static Status create(const VaultPlace& vault, const std::function<Status(Sqlite&)>& fill);

  // Errors of the input: no vault; one that is encrypted where `vault` has no key, or the other way
  // round.
  static Result<CatalogFile> open(const VaultPlace& vault, Sqlite::Access access);

  const std::filesystem::path& path() const { return path_; }  // for errors
  Sqlite& database() { return database_; }

  // Runs `read` on the newest state, as of one moment.
  Status look(const std::function<Status()>& read);
  // Runs `write` alone, on the newest state, and commits what it did where it gives no error.
  Status change(const std::function<Status()>& write);
  // Lays the file out anew, so that no free page holds what was deleted.
  Status scrub();

  // Makes an encrypted file of the same, and of what `change` does to that.
  Status copy_to(const VaultPlace& vault, const std::function<Status(Sqlite&)>& change);

 private:
  CatalogFile(VaultPlace vault, Sqlite::Access access, Sqlite database, std::filesystem::path path)
      : vault_(std::move(vault)),
        access_(access),
        database_(std::move(database)),
        path_(std::move(path)) {}
  static Status encrypt(const VaultPlace& vault, std::string_view image,
                        const std::function<Status(Sqlite&)>& change);
  Status set_up();
  Status transact(const std::function<Status()>& write);
  // Of an encrypted catalog.
  Status refresh();
  Status store();
  Status alone(const std::function<Status()>& work);

  VaultPlace vault_;
  Sqlite::Access access_;
  Sqlite database_;
  std::filesystem::path path_;
  std::string begin_;  // of the file that is in memory; no two files begin alike
};

}  // namespace parcours::vault
