// The walk: every record of a vault is asked once which cells it stands in, and the crowds of those cells grow by one.
//
// Memory is one bucket and the counters for each worker, whatever the size of the vault. The result is the same, byte for byte,
// whatever the number of threads.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/error.h"
#include "base/progress.h"
#include "base/stop.h"
#include "crowds/crowd.h"
#include "study/plan.h"
#include "vault/vault.h"

namespace parcours {

// A table of crowds, shaped as tables::Table: every combination of categories and totals, row-major, the last dimension
// fastest, the total at the last place of each dimension.
struct CrowdTable {
  std::string id;
  Label title;
  std::vector<Dimension> dimensions;
  std::vector<bool> sensitive;  // by dimension
  std::optional<Label> mean_of;
  std::vector<Crowd> cells;
};

struct Counted {
  Crowd population;  // everyone whom the study is about
  std::vector<CrowdTable> tables;
};

struct CountOptions {
  int threads = 0;                 // 0: as many as the machine has
  std::uint32_t practices_exact;   // count practices exactly up to this number (the rules say which); 1 to 20
};

Result<Counted> count(const Vault& vault, const Plan& plan, const CountOptions& options,
                      Progress& progress, const Stop& stop);

}  // namespace parcours
