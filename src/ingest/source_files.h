// The files of a source that a user names, and how each begins.
//
// G1: a folder is read with all folders in it, in order of name; hidden files and links in it are
//     passed over.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "base/error.h"

namespace parcours::ingest {

// Each file once, in order of name. An error for a name of nothing, and for more than 5 million
// files.
Result<std::vector<std::filesystem::path>> files_of(const std::vector<std::string>& what);

// A file's first 64 KB, unzipped.
Result<std::string> head_of(const std::filesystem::path& path);

}  // namespace parcours::ingest
