// The state of a vault when it was opened. A snapshot holds the readers' lock, so none of its files
// is deleted while it exists.
#pragma once

#include <optional>
#include <vector>

#include "base/day.h"
#include "base/error.h"
#include "base/files.h"
#include "vault/bucket_file.h"
#include "vault/catalog.h"
#include "vault/living.h"
#include "vault/place.h"

namespace parcours::vault {

struct Snapshot {
  VaultPlace place;
  Day day;
  FileLock lock;
  CatalogContents contents;
  Living living;
  RowLimits limits;

  // The files of one bucket, oldest first.
  std::vector<const BucketFile*> files(Content content, int bucket) const;
};

// Whether a file may hold rows of packages that were replaced after it was written.
bool may_hold_dead(const BucketFile& file, const std::vector<Package>& packages);

}  // namespace parcours::vault
