// Reads the tables of a release from its folder: tables/*.csv, in order of name.
#pragma once

#include <filesystem>
#include <vector>

#include "base/error.h"
#include "tables/table.h"

namespace parcours::attacks {

// An error where there is none, where one cannot be read (tables/csv.h), and where one does not add
// up (contradiction.h).
Result<std::vector<tables::Table>> read_release_tables(const std::filesystem::path& folder);

}  // namespace parcours::attacks
