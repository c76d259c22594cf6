// Which of the needed sums can be shown, whatever else is hidden for it.
//
// The most that can be hidden is everything but what is fixed: if that is safe, some pattern is. So
// nothing that is needed is tried first: with the safe needed sums fixed too, is it safe to hide all
// the rest? Where it is not, they are published one after the other, the dearest first, out of the
// pattern in which all is hidden. One that cannot be published then is given up, and no pattern shows it
// beside those that are kept, as hiding more never gives more away.
//
// G1: if some safe pattern shows every needed sum that is not unsafe, all of them are kept.
// G2: no safe pattern shows all that is kept and one needed sum more, while the effort lasts.
#pragma once

#include <vector>

#include "base/error.h"
#include "protect/sums.h"

namespace parcours {

struct Keeping {
  std::vector<bool>
      fixed;    // by sum: the fixed ones, the needed ones that are kept, and what these tell
  Hidden most;  // everything else hidden: a safe pattern
};

// Errors: sums that no pattern makes safe, be nothing kept.
Result<Keeping> keep_needed(const Sums& sums);

}  // namespace parcours
