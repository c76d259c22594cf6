// Counts a study: reads every record of a vault once, finds the cells that count this patient, and
// adds the patient to the crowds of these cells.
//
// Each thread holds one bucket and its counters in memory, whatever the size of the vault. The
// result is the same, byte for byte, for any number of threads.
#pragma once

#include <cstdint>

#include "base/error.h"
#include "base/progress.h"
#include "base/stop.h"
#include "crowds/crowd_table.h"
#include "crowds/roll.h"
#include "records/keys.h"
#include "study/plan.h"
#include "vault/vault.h"

namespace parcours::crowds {

struct CountOptions {
  int threads = 0;  // 0: as many as the machine has
  // Practices are counted exactly up to this number (the rules say which); 1 to 20.
  std::uint32_t practices_exact;
  // A difference of two cells by fewer patients than this is told (the rules say so).
  std::uint32_t few;
  // The fingerprints' key, where others are compared with these; otherwise one that nobody keeps.
  // No figure depends on it.
  records::KeyedHash fingerprints = records::KeyedHash::of_this_run();
};

// Errors: a population of nobody, a value too large to sum, no memory for the cells, a vault that
// cannot be read.
// `roll`: filled with who was counted where, unless it is nothing.
Result<Counted> count(const vault::Vault& vault, const study::Plan& plan,
                      const CountOptions& options, Progress& progress, const Stop& stop,
                      Roll* roll = nullptr);

}  // namespace parcours::crowds
