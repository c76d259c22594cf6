// Care paths out of a vault: every patient with an event, in an order that
// no key decides: that of a hash of what the vault says of the patient. Codes are the vault's, in
// order of their texts.
#pragma once

#include "base/error.h"
#include "base/progress.h"
#include "base/stop.h"
#include "paths/read_paths.h"
#include "vault/vault.h"

namespace parcours::paths {

// G1: the same records are read in the same order under any key, on any number of threads.
Result<PathsRead> read_paths(const vault::Vault& vault, int threads, Progress& progress,
                             const Stop& stop);

}  // namespace parcours::paths
