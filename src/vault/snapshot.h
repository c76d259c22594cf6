// A vault as of the moment that it was opened. It shares the readers' lock, so no file that it
// names is removed while it lives.
#pragma once

#include <filesystem>
#include <optional>
#include <vector>

#include "base/error.h"
#include "base/files.h"
#include "vault/bucket_file.h"
#include "vault/catalog.h"

namespace parcours {

struct Snapshot {
  std::filesystem::path path;
  FileLock lock;
  CatalogContents contents;
  LivingPackages living;
  RowLimits limits;

  // The files of one bucket, oldest first.
  std::vector<const BucketFile*> files(Content content, int bucket) const;
};

LivingPackages living_packages(const std::vector<Package>& packages);
bool may_hold_dead(const BucketFile& file, const std::vector<Package>& packages);

}  // namespace parcours
