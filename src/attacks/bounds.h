// Attack `bounds`: the least and the most that a hidden count can be, if sums do not determine it.
//
//   a row of 12 people is all hidden, in three cells. Empty cells are published, so each of them
//   holds at least 1: none is over 10
//
// Every hidden count is bounded from below and above, over all tables at once (sums/intervals.h). A
// success is a hidden group that, for certain, has 1 to threshold - 1 people. If the rules of a
// release demand a width, its gate checks the intervals itself (release/closeness.h), and this
// attack finds nothing.
//
// G1: whatever is found is certain: no whole numbers that add up give that group `threshold`
//     people.
#pragma once

#include <optional>

#include "attacks/table_attacks.h"

namespace parcours::attacks {

// Nothing where the tables' sums do not come out: such tables bound nothing, and the attack was not
// made.
std::optional<AttackOutcome> bounds(const KnownTables& known, std::int64_t threshold);

}  // namespace parcours::attacks
