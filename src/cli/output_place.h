// Checks where a verb may write a file that the user names.
#pragma once

#include <filesystem>
#include <vector>

#include "base/error.h"

namespace parcours {

// Asked before the work, whose answer is to go to `path`. An error of Fault::input where that lies in
// a vault (vault/place.h), or would take the place of an input or of what is no file (base/files.h).
Status check_output_file(const std::filesystem::path& path,
                         const std::vector<std::filesystem::path>& inputs);

}  // namespace parcours
