// Tells whether a path is a vault, and whether a path leads into one.
#pragma once

#include <filesystem>

#include "base/error.h"

namespace parcours {

std::filesystem::path catalog_path(const std::filesystem::path& vault);

// Whether a vault stands here, which is to say its catalog. An error where that cannot be seen, as
// the folder may not be entered: it may be a vault.
Result<bool> is_vault(const std::filesystem::path& path);

// Asked before anything but a vault is made at `path`. What lies in a vault is kept, swept, copied
// and erased with it; so an error of Fault::input where `path`, or a folder that it lies in by
// whatever way, is a vault.
Status check_outside_vaults(const std::filesystem::path& path);

}  // namespace parcours
