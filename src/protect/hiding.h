// The first pass of secondary suppression: more is hidden, until no hidden sum is determined and
// nobody who is alone in one learns another by it.
//
// As long as the elimination (sums/echelon.h) finds hidden sums that are determined, one more sum is
// hidden from the relations that give each of them away, the cheapest that does so. Then the same for
// bonds (sums/bonds.h): a sum that somebody knows is taken as published, and what it gives away is
// covered in the same way.
//
// G1: nothing hidden is determined by what is published.
// G2: no exposed sum is bonded to another one that somebody is alone in.
#pragma once

#include "base/error.h"
#include "protect/sums.h"

namespace parcours {

// Errors: an unsafe sum that fixed ones give away, to anybody or to somebody who knows one sum.
Result<Hidden> hide_undetermined(const Sums& sums);

}  // namespace parcours
