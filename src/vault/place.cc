#include "vault/place.h"

#include <system_error>

namespace parcours {

namespace fs = std::filesystem;

fs::path catalog_path(const fs::path& vault) {
  return vault / "catalog.sqlite";
}

fs::path past_path(const fs::path& vault) {
  return vault / "past";
}

Result<bool> is_vault(const fs::path& path) {
  std::error_code why;
  const fs::file_status found = fs::status(catalog_path(path), why);
  if (why == std::errc::permission_denied) {
    return bad_input("permission denied", path.string(),
                     "ask its owner for permission to enter this folder and read its files");
  }
  if (found.type() == fs::file_type::none) {
    return machine_fault("cannot read this folder: " + why.message(), path.string());
  }
  return fs::exists(found);
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

}  // namespace parcours
