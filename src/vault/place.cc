#include "vault/place.h"

#include <system_error>

#include "base/input_file.h"

namespace parcours::vault {
namespace {

namespace fs = std::filesystem;

// Error: the folder may not be entered.
Result<bool> has(const fs::path& folder, const fs::path& file) {
  std::error_code why;
  const fs::file_status found = fs::status(file, why);
  if (why == std::errc::permission_denied) {
    return bad_input("permission denied", folder.string(),
                     "ask its owner for permission to enter this folder and read its files");
  }
  if (found.type() == fs::file_type::none) {
    return machine_fault("cannot read this folder: " + why.message(), folder.string());
  }
  return fs::exists(found);
}

}  // namespace

Result<VaultPlace> unlock(const fs::path& path, const std::optional<records::KeySource>& source) {
  if (!source) {
    return VaultPlace(path);
  }
  ASSIGN_OR_RETURN(const bool encrypted, is_encrypted(path));
  if (!encrypted) {
    return bad_input("a vault key is given, but this vault is not encrypted", path.string(),
                     "leave out the vault key; or, if you encrypted it, another vault was put in "
                     "its place");
  }
  const fs::path file = encrypted_catalog_path(path);
  ASSIGN_OR_RETURN(const InputFile catalog, InputFile::open(file));
  ASSIGN_OR_RETURN(const std::string head, catalog.head(Encryption::bytes));
  ASSIGN_OR_RETURN(const Encryption encryption, Encryption::parse(head, file.string()));
  ASSIGN_OR_RETURN(const records::ProgrammeKey key,
                   records::known_key(*source, encryption.key, path, records::KeyOf::vault));
  return VaultPlace(path, std::make_shared<const Cipher>(encryption, key));
}

VaultPlace encrypted_place(const fs::path& path, const records::NewKey& key) {
  return {path, std::make_shared<const Cipher>(Encryption::fresh(key.check), key.key)};
}

fs::path encrypted_catalog_path(const fs::path& vault) {
  return vault / "catalog.encrypted";
}

fs::path plain_catalog_path(const fs::path& vault) {
  return vault / "catalog.sqlite";
}

fs::path catalog_path(const fs::path& vault) {
  const Result<bool> encrypted = has(vault, encrypted_catalog_path(vault));
  return encrypted && *encrypted ? encrypted_catalog_path(vault) : plain_catalog_path(vault);
}

fs::path past_path(const fs::path& vault) {
  return vault / "past";
}

Result<bool> is_vault(const fs::path& path) {
  return has(path, catalog_path(path));
}

Result<bool> is_encrypted(const fs::path& path) {
  ASSIGN_OR_RETURN(const bool there, is_vault(path));
  if (!there) {
    return bad_input("this is not a vault: it has no catalog", path.string(),
                     "create one: parcours vault create");
  }
  return has(path, encrypted_catalog_path(path));
}

Status check_outside_vaults(const fs::path& path) {
  std::error_code ignored;
  fs::path folder = fs::weakly_canonical(fs::absolute(path, ignored), ignored);
  while (true) {
    if (const Result<bool> vault = is_vault(folder); vault && *vault) {
      return bad_input("this path lies inside a vault", path.string(),
                       "name a path outside " + folder.string());
    }
    if (!folder.has_relative_path()) {
      return {};
    }
    folder = folder.parent_path();
  }
}

}  // namespace parcours::vault
