#include "vault/catalog_file.h"

#include <optional>

#include "base/input_file.h"
#include "vault/staging.h"

namespace parcours::vault {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view catalog_purpose = "catalog";
// Reaches into the random bytes that begin each encryption.
constexpr std::size_t begin_bytes = Encryption::bytes + 64;
constexpr std::size_t most_encrypted_bytes = std::size_t{1} << 36;

}  // namespace

Status CatalogFile::create(const VaultPlace& vault, const std::function<Status(Sqlite&)>& fill) {
  if (vault.cipher() == nullptr) {
    const fs::path path = plain_catalog_path(vault.path());
    RETURN_IF_ERROR(write_file(path, "", Readers::owner));  // SQLite's would be 0644
    ASSIGN_OR_RETURN(Sqlite database, Sqlite::open(path, Sqlite::Access::create));
    CatalogFile file(vault, Sqlite::Access::write, std::move(database), path);
    RETURN_IF_ERROR(file.set_up());
    return file.transact([&] { return fill(file.database_); });
  }
  return encrypt(vault, {}, fill);
}

Status CatalogFile::encrypt(const VaultPlace& vault, std::string_view image,
                            const std::function<Status(Sqlite&)>& change) {
  const fs::path path = encrypted_catalog_path(vault.path());
  ASSIGN_OR_RETURN(Sqlite database, Sqlite::in_memory(image, path.string()));
  CatalogFile file(vault, Sqlite::Access::write, std::move(database), path);
  RETURN_IF_ERROR(file.set_up());
  RETURN_IF_ERROR(file.transact([&] { return change(file.database_); }));
  RETURN_IF_ERROR(file.database_.run("VACUUM"));
  RETURN_IF_ERROR(write_file(catalog_lock_path(vault.path()), "", Readers::owner));
  return file.store();
}

Status CatalogFile::copy_to(const VaultPlace& vault, const std::function<Status(Sqlite&)>& change) {
  RETURN_IF_ERROR(refresh());
  ASSIGN_OR_RETURN(const WipedString image, database_.image());
  return encrypt(vault, image, change);
}

Result<CatalogFile> CatalogFile::open(const VaultPlace& vault, Sqlite::Access access) {
  ASSIGN_OR_RETURN(const bool encrypted, is_encrypted(vault.path()));
  const fs::path path = catalog_path(vault.path());
  if (encrypted != (vault.cipher() != nullptr)) {
    return encrypted
               ? bad_input("this vault is encrypted, and no vault key is given",
                           vault.path().string(),
                           "add --vault-key FILE (or --vault-key-command, --vault-passphrase-file, "
                           "--vault-passphrase)")
               : bad_input("a vault key is given, but this vault is not encrypted",
                           vault.path().string(), "leave out the vault key");
  }
  ASSIGN_OR_RETURN(Sqlite database,
                   encrypted ? Sqlite::in_memory({}, path.string()) : Sqlite::open(path, access));
  CatalogFile file(vault, access, std::move(database), path);
  RETURN_IF_ERROR(encrypted ? file.refresh() : file.set_up());
  return file;
}

Status CatalogFile::set_up() {
  return access_ == Sqlite::Access::read
             ? Status()
             : database_.run(
                   "PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA secure_delete = ON; "
                   "PRAGMA temp_store = MEMORY;");
}

Status CatalogFile::refresh() {
  if (vault_.cipher() == nullptr) {
    return {};
  }
  const Cipher& cipher = *vault_.cipher();
  ASSIGN_OR_RETURN(const InputFile file, InputFile::open(path_));
  ASSIGN_OR_RETURN(std::string begin, file.head(begin_bytes));
  if (begin == begin_) {
    return {};
  }
  ASSIGN_OR_RETURN(const std::string bytes, file.text(most_encrypted_bytes));
  const std::string head = cipher.encryption().text();
  const std::optional<WipedString> image =
      bytes.starts_with(head)
          ? decrypted(cipher, catalog_purpose, std::string_view(bytes).substr(head.size()))
          : std::nullopt;
  if (!image) {
    return bad_input("the catalog is not as the program encrypted it for this vault",
                     path_.string(), "restore the vault from a copy");
  }
  ASSIGN_OR_RETURN(database_, Sqlite::in_memory(*image, path_.string()));
  begin_ = std::move(begin);
  return set_up();
}

Status CatalogFile::store() {
  ASSIGN_OR_RETURN(const WipedString image, database_.image());
  const std::string bytes =
      vault_.cipher()->encryption().text() + encrypted(*vault_.cipher(), catalog_purpose, image);
  RETURN_IF_ERROR(write_file(path_, bytes, Readers::owner));
  begin_ = bytes.substr(0, begin_bytes);
  return {};
}

// What is done to an encrypted catalog while no other program changes it.
Status CatalogFile::alone(const std::function<Status()>& work) {
  ASSIGN_OR_RETURN(const FileLock lock, FileLock::wait(catalog_lock_path(vault_.path()), Stop()));
  RETURN_IF_ERROR(refresh());
  begin_.clear();  // read again, unless all goes well
  RETURN_IF_ERROR(work());
  return store();
}

Status CatalogFile::transact(const std::function<Status()>& write) {
  RETURN_IF_ERROR(database_.run("BEGIN IMMEDIATE"));
  if (Status written = write(); !written) {
    // The error that matters is the first one.
    static_cast<void>(database_.run("ROLLBACK"));
    return written;
  }
  return database_.run("COMMIT");
}

Status CatalogFile::look(const std::function<Status()>& read) {
  RETURN_IF_ERROR(refresh());
  RETURN_IF_ERROR(database_.run("BEGIN"));
  const Status done = read();
  const Status ended = database_.run("ROLLBACK");
  return done ? ended : done;
}

Status CatalogFile::change(const std::function<Status()>& write) {
  const auto transaction = [&] { return transact(write); };
  return vault_.cipher() == nullptr ? transaction() : alone(transaction);
}

Status CatalogFile::scrub() {
  const auto vacuum = [this] { return database_.run("VACUUM"); };
  return vault_.cipher() == nullptr ? vacuum() : alone(vacuum);
}

}  // namespace parcours::vault
