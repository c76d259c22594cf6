// Writes the rows of the catalog that a commit adds, replaces and takes away.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "vault/catalog.h"

namespace parcours::vault {

// Two parameters, the first of them at `parameter`: first and last day; null where there are none.
void bind_days(SqliteStatement& statement, int parameter, const DaySpan& days);

// The packages' events by kind; the catalog has none of these packages yet.
Status add_package_events(Sqlite& database, const std::vector<Package>& packages);

Status add_practices(Sqlite& database, const std::vector<std::string>& names);
Status add_codes(Sqlite& database, const std::vector<vocabulary::Code>& codes);
// With their receipts and counts.
Status add_packages(Sqlite& database, const std::vector<Package>& packages);
// Ends the older packages of the same practice and period; how many.
Result<std::uint64_t> replace_older(Sqlite& database, const std::vector<Package>& packages,
                                    Sequence sequence);
Status add_files(Sqlite& database, const std::vector<BucketFile>& files);
Status remove_files(Sqlite& database, const std::vector<BucketFile>& files);

}  // namespace parcours::vault
