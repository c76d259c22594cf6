// Can a hidden cell be worked out from the published ones? Over all tables at once: cells that
// count the same people are the same unknown, whichever table they stand in, and so is the
// population.
#pragma once

#include <cstdint>
#include <vector>

#include "crowds/crowd_table.h"
#include "tables/table.h"

namespace parcours {

struct Recovery {
  std::uint64_t hidden = 0;       // hidden cells looked at
  std::uint64_t relations = 0;    // sums among the cells
  std::uint64_t determined = 0;   // hidden cells that the published ones give away
  bool population_tells = false;  // the population counts the same people as a hidden cell
};

// `tables` has the shape of counted.tables.
Recovery recovery(const Counted& counted, const std::vector<Table>& tables);

}  // namespace parcours
