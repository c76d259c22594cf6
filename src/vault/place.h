// Where a vault lies and how its files are opened; and whether a path leads into one.
//
// A vault is encrypted or not: catalog.encrypted or catalog.sqlite says which (cipher.h).
#pragma once

#include <concepts>
#include <filesystem>
#include <memory>
#include <optional>
#include <utility>

#include "base/error.h"
#include "records/key_source.h"
#include "vault/cipher.h"

namespace parcours::vault {

// Names a vault and unlocks it: what every function takes that opens one. A path alone names a
// vault that is not encrypted.
class VaultPlace {
 public:
  VaultPlace(std::filesystem::path path) : path_(std::move(path)) {}
  template <std::convertible_to<std::filesystem::path> Path>
  VaultPlace(const Path& path) : path_(path) {}  // NOLINT(google-explicit-constructor)
  VaultPlace(std::filesystem::path path, std::shared_ptr<const Cipher> cipher)
      : path_(std::move(path)), cipher_(std::move(cipher)) {}

  const std::filesystem::path& path() const { return path_; }
  // nullptr: the vault is not encrypted.
  const Cipher* cipher() const { return cipher_.get(); }
  // Another folder that is unlocked in the same way.
  VaultPlace at(std::filesystem::path path) const { return {std::move(path), cipher_}; }

 private:
  std::filesystem::path path_;
  std::shared_ptr<const Cipher> cipher_;
};

// The vault at `path`, unlocked with the key that `source` gives. No source: one that is not
// encrypted. Errors: a key for a vault that is not encrypted; another key than the vault's. That a
// key is missing is told by Catalog::open().
Result<VaultPlace> unlock(const std::filesystem::path& path,
                          const std::optional<records::KeySource>& source);

// Where a vault is to be made, encrypted with this new key.
VaultPlace encrypted_place(const std::filesystem::path& path, const records::NewKey& key);

// catalog.encrypted where there is one, else catalog.sqlite.
std::filesystem::path catalog_path(const std::filesystem::path& vault);
std::filesystem::path encrypted_catalog_path(const std::filesystem::path& vault);
std::filesystem::path plain_catalog_path(const std::filesystem::path& vault);

// The folder of the memory of releases (past/past_releases.h).
std::filesystem::path past_path(const std::filesystem::path& vault);

// Whether `path` is a vault, that is, whether it has a catalog. Error: the folder may not be
// entered, so it may be a vault.
Result<bool> is_vault(const std::filesystem::path& path);

// Whether the vault at `path` is encrypted. Error: there is no vault.
Result<bool> is_encrypted(const std::filesystem::path& path);

// Checks that other files than a vault may be made at `path`. Files in a vault would be kept,
// copied and deleted together with the vault. Error (Fault::input): `path`, or any folder that
// contains it, is a vault.
Status check_outside_vaults(const std::filesystem::path& path);

}  // namespace parcours::vault
