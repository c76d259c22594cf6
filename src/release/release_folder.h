// Whether a folder is a release as it was written: its evidence can be read, and every file that
// the evidence names has the hash that it says. An attack on changed tables would say nothing about
// the release, and nothing about who changed them.
//
// G1: a table that is changed, missing or added is an error (Fault::input) that names the file; so
//     is any other file of the evidence that is changed, and the evidence itself if SHA256SUMS is
//     there.
#pragma once

#include <filesystem>

#include "base/error.h"

namespace parcours::release {

Status check_release_folder(const std::filesystem::path& folder);

}  // namespace parcours::release
