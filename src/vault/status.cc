#include "vault/status.h"

#include <algorithm>
#include <atomic>
#include <set>
#include <system_error>
#include <thread>

#include "base/threads.h"
#include "vault/catalog.h"
#include "vault/walk.h"
#include "vocabulary/kinds.h"

namespace parcours {
namespace {

Result<std::uint64_t> count_patients(const Vault& vault) {
  Progress none(Progress::Manner::none);
  const Stop never;
  BucketWalk walk(vault, {}, none, never);
  std::atomic<std::uint64_t> patients = 0;
  const int workers =
      std::clamp<int>(static_cast<int>(std::thread::hardware_concurrency()), 1, vault.buckets());
  RETURN_IF_ERROR(at_once(workers, [&](int) {
    return walk.share([&](const Bucket& bucket) { patients += bucket.patients(); });
  }));
  return patients.load();
}

}  // namespace

Result<VaultStatus> status_of(const Vault& vault) {
  const CatalogContents& catalog = vault.catalog();
  VaultStatus status{.calendar = vault.calendar(),
                     .buckets = vault.buckets(),
                     .events = vault.event_count(),
                     .period = vault.period(),
                     .files = catalog.files.size()};
  ASSIGN_OR_RETURN(status.patients, count_patients(vault));

  std::set<PracticeId> practices;
  for (const Package& package : catalog.packages) {
    if (package.living()) {
      practices.insert(package.practice);
    }
    status.packages_living += package.living() ? 1 : 0;
    status.packages_replaced += package.replaced_by && !package.forgotten ? 1 : 0;
  }
  status.practices = practices.size();
  for (CodeId id = 0; id < catalog.codes.size(); ++id) {
    status.codes += catalog.codes.at(id).forgotten() ? 0 : 1;
  }

  for (std::size_t kind = 0; kind < kinds().size(); ++kind) {
    std::uint64_t events = 0;
    for (const Package& package : catalog.packages) {
      events += package.living() ? package.counts.events[kind] : 0;
    }
    if (events > 0) {
      status.events_by_kind.emplace_back(kinds()[kind], events);
    }
  }

  std::uint64_t rows = 0;
  for (const BucketFile& file : catalog.files) {
    status.bytes += file.bytes;
    rows += file.rows;
  }
  status.dead_rows = rows - vault.event_count() - vault.patient_count();
  std::error_code failed;
  const std::uintmax_t catalog_bytes =
      std::filesystem::file_size(vault.path() / "catalog.sqlite", failed);
  status.bytes += failed ? 0 : catalog_bytes;
  return status;
}

}  // namespace parcours
