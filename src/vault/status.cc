#include "vault/status.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <set>
#include <system_error>
#include <thread>

#include "base/threads.h"
#include "vault/catalog.h"
#include "vault/catalog_objections.h"
#include "vault/walk.h"
#include "vocabulary/kinds.h"

namespace parcours::vault {
namespace {

struct Walked {
  std::atomic<std::uint64_t> patients = 0;
  std::array<std::atomic<std::uint64_t>, most_kinds> events{};  // by kind
};

// Reads what lives, for the catalog counts the rows of patients who objected too.
Status count_living(const Vault& vault, Walked& walked) {
  Progress none(Progress::Manner::none);
  const Stop never;
  BucketWalk walk(vault, {}, none, never);
  std::vector<vocabulary::KindId> kinds_of_codes;  // the code book has a lock
  for (vocabulary::CodeId id = 0; id < vault.codes().size(); ++id) {
    kinds_of_codes.push_back(vault.codes().at(id).kind.value_or(0));
  }
  const int workers =
      std::clamp<int>(static_cast<int>(std::thread::hardware_concurrency()), 1, vault.buckets());
  RETURN_IF_ERROR(at_once(workers, [&](int) {
    return walk.share([&](const Bucket& bucket) {
      walked.patients += bucket.patients();
      std::array<std::uint64_t, most_kinds> events{};
      for (const vocabulary::CodeId code : bucket.codes) {
        ++events[kinds_of_codes[code]];
      }
      for (std::size_t kind = 0; kind < most_kinds; ++kind) {
        walked.events[kind] += events[kind];
      }
    });
  }));
  return {};
}

}  // namespace

Result<VaultStatus> status_of(const Vault& vault) {
  const CatalogContents& catalog = vault.catalog();
  VaultStatus status{.calendar = vault.calendar(),
                     .buckets = vault.buckets(),
                     .period = vault.period(),
                     .objections = objecting(catalog.objections).size(),
                     .files = catalog.files.size()};
  Walked walked;
  RETURN_IF_ERROR(count_living(vault, walked));
  status.patients = walked.patients;

  std::set<records::PracticeId> practices;
  for (const Package& package : catalog.packages) {
    if (package.living()) {
      practices.insert(package.practice);
    }
    status.packages_living += package.living() ? 1 : 0;
    status.packages_replaced += package.replaced_by && !package.forgotten ? 1 : 0;
    status.packages_ended += package.ended ? 1 : 0;
  }
  status.practices = practices.size();
  for (vocabulary::CodeId id = 0; id < catalog.codes.size(); ++id) {
    status.codes += catalog.codes.at(id).forgotten() ? 0 : 1;
  }

  for (std::size_t kind = 0; kind < vocabulary::kinds().size(); ++kind) {
    const std::uint64_t events = walked.events[kind];
    status.events += events;
    if (events > 0) {
      status.events_by_kind.emplace_back(vocabulary::kinds()[kind], events);
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
      std::filesystem::file_size(catalog_path(vault.path()), failed);
  status.bytes += failed ? 0 : catalog_bytes;
  return status;
}

}  // namespace parcours::vault
