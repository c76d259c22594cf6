// Finds the hidden cells that the published ones determine, over all tables at once. Cells that
// count the same people are one unknown, in any table; so is the population, which is published.
// The sums behind means form a second system of the same kind, one for each averaged value.
#pragma once

#include <cstdint>
#include <vector>

#include "crowds/crowd_table.h"
#include "tables/table.h"

namespace parcours {

struct Recovery {
  std::uint64_t hidden = 0;      // hidden cells, and means that are not shown
  std::uint64_t relations = 0;   // sums among them
  std::uint64_t determined = 0;  // those that the published ones give away
};

// `tables` has the shape of counted.tables.
Recovery recovery(const Counted& counted, const std::vector<Table>& tables);

}  // namespace parcours
