// Compaction first deletes the rows that do not live any more by a permit, a retention or an
// objection (vault/living.h), as forgetting does (vault/forget.h). Then it writes a bucket again as
// one file, sorted by patient and day, if the bucket has several files or rows of replaced
// packages. It deletes codes that no living row uses from the catalog, and old sealing keys whose
// time is over. It changes nothing that a reader sees. It notes its moment, whether it finds
// something to do or not (clock.h).
//
// G1: a crash at any point loses nothing; each bucket is as it was before or as it is after.
// G2: it holds one bucket in memory, whatever the size of the vault.
// G3: programs that have the vault open continue to read; the files that they read are deleted when
//     no program has the vault open (at the next import or compaction).
#pragma once

#include <cstdint>
#include <optional>

#include "base/day.h"
#include "base/error.h"
#include "base/progress.h"
#include "base/stop.h"
#include "vault/place.h"

namespace parcours::vault {

struct CompactOptions {
  std::optional<Day> day = {};  // nothing: today (clock.h)
  // Receipts of packages that came more days ago are kept no more, whether their practices have
  // confirmed them or not. Choose more days than a practice may be away from its computer: a
  // package that it sends again is then answered with a receipt made anew.
  std::optional<int> receipts_older_than;
};

struct CompactSummary {
  int buckets = 0;                 // that were written anew, patients and events counted apart
  std::uint64_t rows_removed = 0;  // of packages that were replaced
  std::uint64_t rows_purged = 0;   // whose permit, retention or patient ended them
  std::uint64_t codes_removed = 0;
  std::uint64_t receipts_removed = 0;
  std::uint64_t sealing_keys_destroyed = 0;  // old ones that open packages no more
  std::uint64_t files_before = 0;
  std::uint64_t files_after = 0;
  std::uint64_t bytes_before = 0;
  std::uint64_t bytes_after = 0;
};

// Takes the vault's lock, as an import does. Stopped between buckets, it keeps what it has done.
Result<CompactSummary> compact(const VaultPlace& vault, Progress& progress, const Stop& stop,
                               const CompactOptions& options = {});

}  // namespace parcours::vault
