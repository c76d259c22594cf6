// The receipts that the catalog keeps (Delivery). They lie in a table of their own, so that the
// pages of those that are kept no more are used again: the catalog grows by a package's row alone.
#pragma once

#include <filesystem>
#include <vector>

#include "vault/catalog.h"

namespace parcours::vault {

// Of packages that are new in the catalog.
Status add_receipts(Sqlite& database, const std::vector<Package>& packages);
// Those of these packages are kept no more.
Status drop_receipts(Sqlite& database, const std::vector<rows::PackageId>& packages);
// Into the packages, which are read already. `file` is for errors.
Status read_receipts(Sqlite& database, CatalogContents& contents,
                     const std::filesystem::path& file);

}  // namespace parcours::vault
