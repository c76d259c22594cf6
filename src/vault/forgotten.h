// The entries that a commit deletes from the catalog's lists, by number.
#pragma once

#include <vector>

#include "base/error.h"
#include "records/patient.h"

namespace parcours::vault {

struct CatalogContents;
struct Package;
class Sqlite;

struct Forgotten {
  std::vector<std::uint32_t> packages;
  std::vector<records::PracticeId> practices;
  std::vector<vocabulary::CodeId> codes;
  std::vector<Package> recounted;  // packages that hold less now

  bool empty() const {
    return packages.empty() && practices.empty() && codes.empty() && recounted.empty();
  }
};

// Empties the places of what is forgotten. Part of a transaction.
Status take_out(Sqlite& database, const Forgotten& forgotten);

// The codes that are in the book and no row uses, and the practices of which no package is left.
// `used` tells the codes by number; it may end early.
Forgotten unused_names(const CatalogContents& contents, const std::vector<bool>& used);

}  // namespace parcours::vault
