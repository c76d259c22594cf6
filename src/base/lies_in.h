// Tells whether a path leads into a folder.
#pragma once

#include <filesystem>

namespace parcours {

// Whether `path` is that folder or lies in it, whatever way leads there; neither needs to exist.
bool lies_in(const std::filesystem::path& path, const std::filesystem::path& folder);

}  // namespace parcours
