// A patient alone in a hidden cell (or the one practice behind it) knows that its count is 1, which
// nobody outside does. What can that insider work out?
//
// The cells that are bonded to theirs (sums/bonds.h). Of bonded cells one of them known, all are,
// as start + factor * t where t is the first one's count; the starts are what an elimination says
// when t is 0.
//
//   hidden in a row: 1 and 10, and two cells below that cover them. Who is alone in the first takes
//   1 from the row's rest of 11, and knows of the 10.
//
// A success is a hidden cell in which somebody may be alone (with 1 there, every cell of the bond
// is a whole number from 1: hidden cells are never empty) and would then know the count of another,
// of fewer people than the threshold.
//
// G1: a singleton in tables that are safe otherwise is found when its count of 1 gives a small
//     count away.
#pragma once

#include "attacks/table_attacks.h"

namespace parcours {

// `seed` draws the two solutions.
AttackOutcome insiders(const KnownTables& known, std::int64_t threshold, std::uint64_t seed);

}  // namespace parcours
