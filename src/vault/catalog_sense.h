// Checks that the rows of the catalog are consistent with each other. The code that reads a row
// checks the row by itself.
//
// G1: a package that was replaced names a later one of the same practice and period, and no two
//     living packages have the same; files hold no more rows than the packages sent, and no fewer
//     than the living ones did; a bucket's rows can be counted in 32 bits.
#pragma once

#include <filesystem>

#include "base/error.h"
#include "vault/catalog.h"

namespace parcours::vault {

// `file` is for the error's place.
Status check_sense(const CatalogContents& contents, const std::filesystem::path& file);

}  // namespace parcours::vault
