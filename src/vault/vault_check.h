// Checks that a vault is whole. It reads the catalog, every byte and every row of every file, and
// lists other files in the folder. It needs no key.
//
//   ASSIGN_OR_RETURN(const VaultCheck check, check_vault(path, 2, progress, stop));
//   if (!check.whole()) ... check.damages, each with its place ...
//
// G1: if it finds a vault whole, reading the vault gives no error, and every package has the
//     patients and the events that it was sent with.
#pragma once

#include <cstdint>
#include <vector>

#include "base/error.h"
#include "base/progress.h"
#include "base/stop.h"
#include "vault/place.h"

namespace parcours::vault {

struct VaultCheck {
  std::uint64_t files = 0;  // that the catalog names
  std::uint64_t bytes = 0;  // of these files
  std::uint64_t rows = 0;   // that were read and are as they should be
  // In the order of the catalog. If the catalog is damaged, nothing else is checked.
  std::vector<Error> damages;
  // Other files in the folder, relative to it, with the leftovers of a crash among them. No reader
  // uses them.
  std::vector<std::filesystem::path> strangers;

  bool whole() const { return damages.empty(); }
};

// Errors: the folder is no vault, or the user asked to stop.
Result<VaultCheck> check_vault(const VaultPlace& vault, int threads, Progress& progress,
                               const Stop& stop);

}  // namespace parcours::vault
