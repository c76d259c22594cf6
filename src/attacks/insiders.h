// Attack `insiders`: a patient who is alone in a hidden cell, or the one practice behind it, knows
// that its count is 1. An outsider does not know this. What can that insider work out?
//
// The insider can work out the cells that are bonded to the known one (sums/bonds.h). If one cell
// of a bond is known, all are: each is start + factor * t, where t is the count of the first one.
// The starts are what an elimination gives for t = 0.
//
//   hidden in a row: 1 and 10, and two cells below that cover them. A patient alone in the first
//   subtracts 1 from the row's rest of 11, and knows the 10.
//
// A success is a hidden cell in which a patient may be alone and would then know another count
// below the threshold. (A patient may be alone if, with 1 there, every cell of the bond is a whole
// number of at least 1: hidden cells are never empty.)
//
// G1: a singleton in tables that are safe otherwise is found when its count of 1 gives a small
//     count.
#pragma once

#include "attacks/table_attacks.h"

namespace parcours::attacks {

// `seed` draws the two solutions.
AttackOutcome insiders(const KnownTables& known, std::int64_t threshold, std::uint64_t seed);

}  // namespace parcours::attacks
