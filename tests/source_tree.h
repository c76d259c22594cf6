// Where the project lies that is tested.
#pragma once

#include <filesystem>

namespace parcours {

inline const std::filesystem::path source_tree = PARCOURS_SOURCE_DIR;

}  // namespace parcours
