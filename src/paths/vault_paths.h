// Care paths out of a vault: every patient with an event, in order of bucket and pseudonym; codes
// are the vault's, in order of their texts.
#pragma once

#include "base/error.h"
#include "base/progress.h"
#include "base/stop.h"
#include "paths/read_paths.h"
#include "vault/vault.h"

namespace parcours {

Result<PathsRead> read_paths(const Vault& vault, Progress& progress, const Stop& stop);

}  // namespace parcours
