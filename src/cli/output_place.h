// Checks where a verb may write a file that the user names.
#pragma once

#include <filesystem>
#include <vector>

#include "base/error.h"

namespace parcours::cli {

// Checks, before the work, that its answer may be written to `path`. Error (Fault::input): the path
// lies in a vault (vault/place.h), or would overwrite an input or something that is not a file
// (base/files.h).
Status check_output_file(const std::filesystem::path& path,
                         const std::vector<std::filesystem::path>& inputs);

}  // namespace parcours::cli
