// Finds the hidden cells that the published ones determine, over all tables at once. Cells that
// count the same people are one unknown, in any table; so is the population, which is published.
// Groups that tables tell apart together (study/overlaps.h) and that break a rule are hidden too.
// What the releases before determine by themselves is not counted: this one does not tell it.
// The sums behind means form a second system of the same kind, one for each averaged value.
#pragma once

#include <cstdint>
#include <vector>

#include "crowds/crowd_table.h"
#include "protect/rules.h"
#include "tables/table.h"

namespace parcours::release {

struct Recovery {
  std::uint64_t hidden = 0;      // hidden cells, and means that are not shown
  std::uint64_t relations = 0;   // sums among them, of the tables by themselves
  std::uint64_t determined = 0;  // those that the published ones give away, and such groups
};

// `tables` has the shape of counted.tables.
Recovery recovery(const crowds::Counted& counted, const std::vector<tables::Table>& tables,
                  const protect::Rules& rules);

}  // namespace parcours::release
