// The first pass of secondary suppression. It hides more sums until no hidden sum is determined and
// no insider who is alone in one can work out another.
//
// While the elimination (sums/echelon.h) finds a determined hidden sum, the pass hides one more
// sum: the cheapest one in the relations that determine it. Then it does the same for bonds
// (sums/bonds.h): it treats a sum that an insider knows as published, and hides more sums until
// that one determines nothing.
//
// G1: nothing hidden is determined by what is published, except for safe unseen sums and for what
//     releases before have told (Sums::told_before).
// G2: no exposed sum is bonded to another one that an insider is alone in; and all sums that a
//     practice is alone in determine, together, no exposed one. What releases before have told
//     aside, as above.
#pragma once

#include "base/error.h"
#include "protect/sums.h"

namespace parcours {

// Errors: fixed sums determine an unsafe one, for everybody or for an insider who knows one sum.
Result<Hidden> hide_undetermined(const Sums& sums);

}  // namespace parcours
