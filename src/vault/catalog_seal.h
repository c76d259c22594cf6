// The catalog's digests of its own tables. SQLite keeps no checksums: if a bit flips in a
// practice's number or in the text of a code, the catalog is wrong but still well-formed. So the
// table `seals` holds a digest of the rows of each other table. Every transaction that changes rows
// writes the digest again, and every read of the catalog compares it with the rows.
//
// G1: after check_seals() the tables are those of this program's schema and of no other, each row
//     is as it was when it was written, and the indexes say what the tables say.
#pragma once

#include <filesystem>
#include <initializer_list>
#include <string_view>

#include "base/error.h"
#include "vault/sqlite.h"

namespace parcours::vault {

// The tables, their indexes, and `seals`.
extern const char* const catalog_schema;

// Writes the digests of these tables, or of all. In the transaction that changed them.
Status seal(Sqlite& catalog, std::initializer_list<std::string_view> tables);
Status seal_all(Sqlite& catalog);

// Errors of the input say what is not as it was written. Inside a transaction, so that what is read
// next is what was checked. `file` is for the error's place.
Status check_seals(Sqlite& catalog, const std::filesystem::path& file);

}  // namespace parcours::vault
