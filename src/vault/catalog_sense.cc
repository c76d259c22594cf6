#include "vault/catalog_sense.h"

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <utility>

#include "vault/catalog_row.h"
#include "vault/catalog_sealing.h"

namespace parcours::vault {
namespace {

namespace fs = std::filesystem;

Status check_packages(const CatalogContents& contents, const fs::path& file) {
  std::set<std::pair<records::PracticeId, std::string>> living;
  for (const Package& package : contents.packages) {
    if (contents.formalities.permit(package.permit) == nullptr) {
      return damaged_catalog(file, "a package was collected under a permit that was never entered");
    }
    if (package.counts.days.empty() != (package.counts.all_events() == 0)) {
      return damaged_catalog(file, "a package has events without days, or days without events");
    }
    if (package.forgotten) {
      if (!package.period.empty() || package.counts.patients > 0 || !package.counts.days.empty()) {
        return damaged_catalog(file, "a forgotten package still has data");
      }
      continue;
    }
    if (package.living()) {
      if (!living.emplace(package.practice, package.period).second) {
        return damaged_catalog(file, "two living packages have the same practice and period");
      }
      continue;
    }
    const Package& after = contents.packages[*package.replaced_by];
    const bool same_period = after.forgotten || after.period == package.period;
    if (after.practice != package.practice || !same_period) {
      return damaged_catalog(file, "a package is replaced by one of another practice or period");
    }
  }
  return {};
}

// How many rows the packages sent, and how many of them live.
struct Sent {
  std::uint64_t all = 0;
  std::uint64_t living = 0;
};

// Each count is below most_rows and there are at most 2^24 packages, so no sum runs over.
Sent sent(const CatalogContents& contents, Content content) {
  Sent sent;
  for (const Package& package : contents.packages) {
    const std::uint64_t rows =
        content == Content::events ? package.counts.all_events() : package.counts.patients;
    sent.all += rows;
    sent.living += package.living() ? rows : 0;
  }
  return sent;
}

Status check_rows(const CatalogContents& contents, const fs::path& file) {
  std::map<Content, std::uint64_t> rows;
  std::map<std::pair<Content, int>, std::uint64_t> rows_of_buckets;
  for (const BucketFile& one : contents.files) {
    rows[one.content] += one.rows;
    if ((rows_of_buckets[{one.content, one.bucket}] += one.rows) >= most_bucket_rows) {
      return damaged_catalog(file, "a bucket has more rows than a bucket can hold");
    }
  }
  for (const Content content : {Content::patients, Content::events}) {
    const Sent packages = sent(contents, content);
    if (rows[content] > packages.all || rows[content] < packages.living) {
      return damaged_catalog(file, "its files do not have the rows that its packages sent");
    }
  }
  return {};
}

}  // namespace

Status check_sense(const CatalogContents& contents, const fs::path& file) {
  RETURN_IF_ERROR(check_packages(contents, file));
  if (!check_sealing(contents, file.string())) {
    return damaged_catalog(file, "the secret of the key on the vault's card is missing");
  }
  return check_rows(contents, file);
}

}  // namespace parcours::vault
