// Writes the rows of the catalog that several parts of a commit need.
#pragma once

#include <vector>

#include "vault/catalog.h"

namespace parcours::vault {

// Two parameters, the first of them at `parameter`: first and last day; null where there are none.
void bind_days(SqliteStatement& statement, int parameter, const DaySpan& days);

// The packages' events by kind; the catalog has none of these packages yet.
Status add_package_events(Sqlite& database, const std::vector<Package>& packages);

}  // namespace parcours::vault
