// Secondary suppression hides more sums, so that the published ones do not give the unsafe ones
// away.
//
// It has three passes, one file each. The first hides sums until no hidden sum is determined
// (hiding.h). The second hides more until every unsafe sum is wide (widths.h). The third publishes
// again the sums that need not be hidden, the most expensive first (publishing.h).
//
// G1: no hidden sum is determined by the published ones.
// G2: none of the sums hidden here can be published again by itself, within the limit of effort.
// G3: for every unsafe sum there are two complete tables that agree in everything published and in
//     which the sum differs by the required width.
// G4: no insider who is alone in a hidden sum can work out an exposed one from it.
// G5: a needed sum is hidden only if it is unsafe, or if no safe pattern shows it beside the needed
//     ones that are shown (needed.h), within the limit of effort.
#pragma once

#include <vector>

#include "base/error.h"
#include "protect/sums.h"
#include "protect/witness.h"

namespace parcours::protect {

// Which sums to hide. Errors: one that is unsafe and fixed, that fixed ones give away, or that
// nothing makes wide.
Result<Hidden> hide(const Sums& sums);

// The same, with what proves the widths.
struct HiddenWithWitnesses {
  Hidden hidden;
  std::vector<SumWitness> witnesses;
};
Result<HiddenWithWitnesses> hide_with_witnesses(const Sums& sums);

}  // namespace parcours::protect
