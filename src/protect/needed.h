// Decides which of the needed sums can be published if any other sums may be hidden for them.
//
// Hiding more never gives more away. So some pattern is safe exactly if it is safe to hide
// everything except the fixed sums. The code first fixes all needed sums that are not unsafe, and
// tests whether hiding all the rest is safe. If it is not, the code starts with everything hidden
// and publishes the needed sums one by one, the most expensive first. If publishing a sum is not
// safe, the sum stays hidden: no pattern can show it beside the needed sums that are already
// published.
//
// G1: if some safe pattern shows every needed sum that is not unsafe, all of them are kept.
// G2: no safe pattern shows all kept sums and one more needed sum, within the limit of effort.
#pragma once

#include <vector>

#include "base/error.h"
#include "protect/sums.h"

namespace parcours::protect {

struct Keeping {
  std::vector<bool>
      fixed;    // by sum: the fixed ones, the needed ones that are kept, and what these tell
  Hidden most;  // everything else hidden: a safe pattern
};

// Errors: sums that no pattern makes safe, be nothing kept.
Result<Keeping> keep_needed(const Sums& sums);

}  // namespace parcours::protect
