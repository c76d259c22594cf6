// Tells whether a path is a vault, and whether a path leads into one.
#pragma once

#include <filesystem>

#include "base/error.h"

namespace parcours {

std::filesystem::path catalog_path(const std::filesystem::path& vault);

// The folder of the memory of releases (past/past_releases.h).
std::filesystem::path past_path(const std::filesystem::path& vault);

// Whether `path` is a vault, that is, whether it has a catalog. Error: the folder may not be
// entered, so it may be a vault.
Result<bool> is_vault(const std::filesystem::path& path);

// Checks that other files than a vault may be made at `path`. Files in a vault would be kept,
// copied and deleted together with the vault. Error (Fault::input): `path`, or any folder that
// contains it, is a vault.
Status check_outside_vaults(const std::filesystem::path& path);

}  // namespace parcours
