// The secret halves of the keys to which practices seal packages (SealingSecret).
//
// G1: the catalog always keeps the secret of the key that stands on the vault's card.
// G2: a secret that was dropped is in no file of the vault once the commit returns.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "vault/catalog.h"

namespace parcours::vault {

// One that no act names yet is dropped for it.
Status keep_sealing(Sqlite& database, const CatalogContents& contents, const SealingSecret& secret);
Status drop_sealing(Sqlite& database, const std::vector<formalities::SealKey>& keys);
// `file` is for errors.
Status read_sealing(Sqlite& database, CatalogContents& contents, const std::filesystem::path& file);

// The keys whose secrets are kept, though by the acts they open nothing from this day on.
std::vector<formalities::SealKey> closed_by(const CatalogContents& contents, Day day);

// Error (Fault::rule): the last key that an act names has no secret here. `where`: the act.
Status check_sealing(const CatalogContents& contents, const std::string& where);

}  // namespace parcours::vault
