// The numbers of patients, events, files and bytes that a vault holds.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/error.h"
#include "vault/vault.h"

namespace parcours::vault {

struct VaultStatus {
  Calendar calendar = Calendar::dates;
  int buckets = 0;
  std::uint64_t patients = 0;  // each counted once
  std::uint64_t events = 0;
  std::vector<std::pair<std::string, std::uint64_t>>
      events_by_kind;           // kinds without events are left out
  std::uint64_t practices = 0;  // of which a package lives
  std::uint64_t codes = 0;      // places among them
  std::optional<Period> period;
  std::uint64_t packages_living = 0;
  std::uint64_t packages_replaced = 0;
  std::uint64_t packages_ended = 0;  // their permit or their retention is over, or suspended
  std::uint64_t objections = 0;      // patients
  std::uint64_t files = 0;
  std::uint64_t bytes = 0;      // of all files, the catalog's as well
  std::uint64_t dead_rows = 0;  // patients' and events' rows that only compaction removes
};

// Reads all records once to count what lives; all else comes from the catalog.
Result<VaultStatus> status_of(const Vault& vault);

}  // namespace parcours::vault
