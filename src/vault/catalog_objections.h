// The objections that the catalog keeps, and who told them (Objector).
//
// G1: an objection that one told is not withdrawn by another.
// G2: what came before a withdrawal does not live again: it stays dead until it is purged.
#pragma once

#include <filesystem>
#include <vector>

#include "vault/catalog.h"

namespace parcours::vault {

// One that stands already stays as it is; one that was withdrawn stands anew.
Status add_objections(Sqlite& database, const std::vector<Objector>& who);
// Those that stand do so no more for packages that the catalog does not have yet.
Status withdraw_objections(Sqlite& database, const std::vector<Objector>& who);
// No file holds a row of these patients any more, so one that was withdrawn is of no use.
Status purge_objections(Sqlite& database);
// These practices are forgotten. What they told stays, as told by whoever keeps the vault, who
// alone can withdraw it then.
Status take_over_objections(Sqlite& database, const std::vector<records::PracticeId>& practices);
// After the packages. `file` is for errors.
Status read_objections(Sqlite& database, CatalogContents& contents,
                       const std::filesystem::path& file);

// Whether this very objection is noted, and stands.
bool stands(const std::vector<Objection>& noted, const Objector& who);
// All patients of whom one stands, in order, each once.
std::vector<records::PatientId> objecting(const std::vector<Objection>& noted);

}  // namespace parcours::vault
