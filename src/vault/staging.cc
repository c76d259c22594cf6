#include "vault/staging.h"

#include <fmt/format.h>

#include <set>
#include <system_error>

#include "vault/place.h"

namespace parcours::vault {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view staging_prefix = "aside-";
constexpr std::string_view catalog_journal = "catalog.sqlite-journal";

std::unexpected<Error> failed(std::string what, const fs::path& path, std::error_code why) {
  return machine_fault(fmt::format("{}: {}", what, why.message()), path.string());
}

// Makes the folder of a bucket where it is not there yet.
Status make_bucket_folder(const fs::path& folder) {
  RETURN_IF_ERROR(make_folder(folder.parent_path(), Readers::owner));
  ASSIGN_OR_RETURN(const bool made, make_folder(folder, Readers::owner));
  if (made) {
    RETURN_IF_ERROR(flush_to_disk(folder.parent_path()));
    return flush_to_disk(folder.parent_path().parent_path());
  }
  return {};
}

Status remove_strangers(const fs::path& folder, const std::set<fs::path>& known) {
  std::error_code why;
  std::vector<fs::path> strangers;
  for (fs::recursive_directory_iterator entry(folder, why), end; !why && entry != end;
       entry.increment(why)) {
    if (entry->is_regular_file(why) && !known.contains(entry->path())) {
      strangers.push_back(entry->path());
    }
  }
  if (why == std::errc::no_such_file_or_directory) {
    return {};
  }
  for (const fs::path& stranger : strangers) {
    if (why) {
      break;
    }
    fs::remove(stranger, why);
    if (!why) {
      RETURN_IF_ERROR(flush_to_disk(stranger.parent_path()));
    }
  }
  return why ? Status(failed("cannot delete leftover files from the vault", folder, why))
             : Status();
}

}  // namespace

fs::path writer_lock_path(const fs::path& vault) {
  return vault / "writer.lock";
}
fs::path catalog_lock_path(const fs::path& vault) {
  return vault / "catalog.lock";
}
fs::path readers_lock_path(const fs::path& vault) {
  return vault / "readers.lock";
}

Result<Staging> Staging::make(const fs::path& vault) {
  ASSIGN_OR_RETURN(ScratchFolder folder, ScratchFolder::make(vault, staging_prefix));
  return Staging(vault, std::move(folder));
}

fs::path Staging::path_of(const BucketFile& file) const {
  return folder_.path() /
         fmt::format("{}-{}-{}", folder_name(file.content), file.bucket, file.name);
}

Status Staging::place(const std::vector<BucketFile>& files, const Stop& stop) const {
  Status moved = move(files, stop);
  if (!moved) {
    withdraw(files);
  }
  return moved;
}

Status Staging::move(const std::vector<BucketFile>& files, const Stop& stop) const {
  std::set<fs::path> folders;
  for (const BucketFile& file : files) {
    if (stop.requested()) {
      return stopped();
    }
    const fs::path target = file.path(vault_);
    if (folders.insert(target.parent_path()).second) {
      RETURN_IF_ERROR(make_bucket_folder(target.parent_path()));
    }
    std::error_code why;
    fs::rename(path_of(file), target, why);
    if (why) {
      return failed("cannot put a bucket's file in place", target, why);
    }
  }
  for (const fs::path& folder : folders) {
    RETURN_IF_ERROR(flush_to_disk(folder));
  }
  return stop.requested() ? Status(stopped()) : Status();
}

void Staging::withdraw(const std::vector<BucketFile>& files) const {
  for (const BucketFile& file : files) {
    std::error_code ignored;  // the next sweep finds what stays
    fs::remove(file.path(vault_), ignored);
  }
}

Status check_files(const fs::path& vault, const std::vector<BucketFile>& files) {
  for (const BucketFile& file : files) {
    const fs::path path = file.path(vault);
    std::error_code why;
    // What is swept and forgotten is looked for in the vault's own folders.
    if (fs::is_symlink(path.parent_path(), why)) {
      return bad_input("a bucket's folder is a symbolic link", path.parent_path().string(),
                       "move the folder itself here");
    }
    const std::uintmax_t bytes = fs::file_size(path, why);
    if (why == std::errc::no_such_file_or_directory) {
      return bad_input("a file of the vault is missing", path.string(),
                       "copy the whole vault again");
    }
    if (why) {
      return failed("cannot examine a file of the vault", path, why);
    }
    if (bytes != file.bytes) {
      return bad_input(
          fmt::format("the file has {} bytes, but the catalog says {}", bytes, file.bytes),
          path.string(), "copy the whole vault again");
    }
  }
  return {};
}

Status remove_aside(const fs::path& vault) {
  std::error_code why;
  for (fs::directory_iterator entry(vault, why), end; !why && entry != end; entry.increment(why)) {
    if (entry->path().filename().string().starts_with(staging_prefix)) {
      fs::remove_all(entry->path(), why);
    }
  }
  sweep_beside(encrypted_catalog_path(vault));
  if (!why) {
    fs::remove(vault / catalog_journal, why);
  }
  if (why) {
    return failed("cannot delete leftover files from the vault", vault, why);
  }
  return flush_to_disk(vault);
}

Status remove_unnamed(const fs::path& vault, const std::vector<BucketFile>& files) {
  std::set<fs::path> known;
  for (const BucketFile& file : files) {
    known.insert(file.path(vault));
  }
  RETURN_IF_ERROR(remove_strangers(vault / folder_name(Content::patients), known));
  return remove_strangers(vault / folder_name(Content::events), known);
}

Status sweep(const fs::path& vault, const std::vector<BucketFile>& files) {
  RETURN_IF_ERROR(remove_aside(vault));
  const Result<FileLock> alone = FileLock::take(readers_lock_path(vault));
  return alone ? remove_unnamed(vault, files) : Status();
}

void discard(const fs::path& vault, const std::vector<BucketFile>& files) {
  if (const Result<FileLock> alone = FileLock::take(readers_lock_path(vault))) {
    for (const BucketFile& file : files) {
      std::error_code ignored;  // the next sweep finds what stays
      fs::remove(file.path(vault), ignored);
    }
  }
}

}  // namespace parcours::vault
