// Ways to damage a vault, for tests only. edit_catalog() and rewrite() also update the digests,
// like a program that writes wrong rows: only the checks behind the digests can find such damage.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

#include "base/error.h"
#include "vault/catalog.h"
#include "vault/vault.h"

namespace parcours::vault {

// Runs SQL on the catalog and seals it again.
Status edit_catalog(const std::filesystem::path& vault, const std::string& sql);

// Makes a bucket's one file of other rows: "SELECT * REPLACE (7 AS code) FROM rows". The catalog
// gets its size and its digest, not how many rows they are.
Status rewrite(const std::filesystem::path& vault, Content content, int bucket,
               const std::string& select);

// Changes one bit of a file in its place.
void flip_bit(const std::filesystem::path& file, std::size_t bit);

// All that a vault says, as a text: its names, its packages, its patients and their events in
// order. The first error where there is one.
Result<std::string> all_of(const VaultPlace& vault);

}  // namespace parcours::vault
