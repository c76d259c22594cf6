// The first pass of secondary suppression. It hides more sums until no hidden sum is determined and
// no insider who is alone in one can work out another.
//
// While the elimination (sums/echelon.h) finds a determined hidden sum, the pass hides one more
// sum: the cheapest one in the relations that determine it. Then it does the same for bonds
// (sums/bonds.h): it treats a sum that an insider knows as published, and hides more sums until
// that one determines nothing.
//
// G1: nothing hidden is determined by what is published, except for safe unseen sums and for what
//     sums published before determine (Sums::before).
// G2: no exposed sum is bonded to another one that an insider is alone in; and all sums that a
//     practice is alone in determine, together, no exposed one; except where neither needs more
//     than what was published before. A practice that has all patients of two groups has all of
//     the two together, whatever is hidden.
#pragma once

#include "base/error.h"
#include "protect/sums.h"

namespace parcours::protect {

// Errors: fixed sums determine an unsafe one, for everybody or for an insider who knows one sum.
Result<Hidden> hide_undetermined(const Sums& sums);
// The same where these are hidden already.
Result<Hidden> hide_more(const Sums& sums, const Hidden& hidden);

}  // namespace parcours::protect
