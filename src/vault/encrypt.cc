#include "vault/encrypt.h"

#include <set>
#include <system_error>

#include "base/check.h"
#include "base/files.h"
#include "vault/bucket_file.h"
#include "vault/catalog.h"
#include "vault/encrypted_file.h"
#include "vault/staging.h"
#include "vault/verified_file.h"

namespace parcours::vault {
namespace {

namespace fs = std::filesystem;

// One file of a vault, read, checked and encrypted.
Result<BucketFile> encrypt_file(VerifiedFile& reader, const VaultPlace& from, const VaultPlace& to,
                                const BucketFile& file) {
  RETURN_IF_ERROR(reader.read(from, file));
  BucketFile made = file;
  made.name = fs::path(file.name).replace_extension(encrypted_ending).string();
  const fs::path path = made.path(to.path());
  RETURN_IF_ERROR(make_folder(path.parent_path(), Readers::owner));
  ASSIGN_OR_RETURN(const FileBytes bytes,
                   write_encrypted(*to.cipher(), purpose_of(made), reader.memory(), path));
  made.bytes = bytes.bytes;
  made.digest = bytes.digest;
  return made;
}

// The log of exercises and the memory of releases, which is sealed under the programme's key.
Status copy_the_rest(const fs::path& from, const fs::path& to) {
  constexpr std::size_t most_bytes = std::size_t{1} << 34;
  const auto copy = [&](const fs::path& file) -> Status {
    ASSIGN_OR_RETURN(const std::string bytes, read_file(file, most_bytes));
    return write_file(to / file.lexically_relative(from), bytes, Readers::owner);
  };
  std::error_code why;
  if (fs::exists(from / "exercises.log", why)) {
    RETURN_IF_ERROR(copy(from / "exercises.log"));
  }
  if (!fs::exists(past_path(from), why)) {
    return {};
  }
  RETURN_IF_ERROR(make_folder(past_path(to), Readers::owner));
  for (fs::directory_iterator entry(past_path(from), why), end; !why && entry != end;
       entry.increment(why)) {
    if (entry->is_regular_file(why)) {
      RETURN_IF_ERROR(copy(entry->path()));
    }
  }
  return why ? Status(machine_fault("cannot look into a folder: " + why.message(),
                                    past_path(from).string()))
             : Status();
}

}  // namespace

Result<EncryptSummary> encrypt_vault(const VaultPlace& from, const VaultPlace& to,
                                     Progress& progress, const Stop& stop) {
  PARCOURS_CHECK(to.cipher() != nullptr);
  RETURN_IF_ERROR(Catalog::open(from, Sqlite::Access::read));
  ASSIGN_OR_RETURN(const FileLock writer, FileLock::take(writer_lock_path(from.path())));
  ASSIGN_OR_RETURN(const FileLock readers, FileLock::share(readers_lock_path(from.path())));
  ASSIGN_OR_RETURN(Catalog catalog, Catalog::open(from, Sqlite::Access::read));
  ASSIGN_OR_RETURN(const CatalogContents contents, catalog.read());
  RETURN_IF_ERROR(check_files(from.path(), contents.files));

  ASSIGN_OR_RETURN(ScratchFolder folder, ScratchFolder::make_beside(to.path()));
  const VaultPlace aside = to.at(folder.path());
  for (const Content content : {Content::patients, Content::events}) {
    RETURN_IF_ERROR(make_folder(aside.path() / folder_name(content), Readers::owner));
  }
  ASSIGN_OR_RETURN(VerifiedFile reader, VerifiedFile::make());
  progress.begin("encrypting", contents.files.size());
  EncryptSummary summary{.files = contents.files.size()};
  std::vector<BucketFile> files;
  std::set<fs::path> folders;
  for (const BucketFile& file : contents.files) {
    if (stop.requested()) {
      return stopped();
    }
    ASSIGN_OR_RETURN(BucketFile made, encrypt_file(reader, from, aside, file));
    summary.bytes += made.bytes;
    folders.insert(made.path(aside.path()).parent_path());
    files.push_back(std::move(made));
    progress.add(1);
  }
  progress.end();
  RETURN_IF_ERROR(copy_the_rest(from.path(), aside.path()));
  RETURN_IF_ERROR(catalog.copy_to(aside, files));
  for (const fs::path& lock : {writer_lock_path(aside.path()), readers_lock_path(aside.path())}) {
    RETURN_IF_ERROR(write_file(lock, "", Readers::owner));
  }
  for (const Content content : {Content::patients, Content::events}) {
    folders.insert(aside.path() / folder_name(content));
  }
  for (const fs::path& each : folders) {
    RETURN_IF_ERROR(flush_to_disk(each));
  }
  RETURN_IF_ERROR(std::move(folder).keep_as(to.path()));
  return summary;
}

}  // namespace parcours::vault
