// Hidden counts between bounds: what sums leave open for a count that they do not determine.
//
//   a row of 12 people is all hidden, in three cells. Empty cells are published, so each of them
//   holds somebody: none is over 10
//
// Every hidden count is bounded from below and above, over all tables at once (sums/intervals.h). A
// success is a group of which an outsider is then certain that it is of 1 to threshold - 1 people,
// as of one that is shown. Where the rules of a release ask for the width of what is left open, its
// gate looks at that by itself (release/closeness.h), so there this finds nothing.
//
// G1: whatever is found is certain: no whole numbers that add up give that group `threshold`
//     people.
#pragma once

#include <optional>

#include "attacks/table_attacks.h"

namespace parcours {

// Nothing where the tables' sums do not come out: such tables bound nothing, and the attack was not
// made.
std::optional<AttackOutcome> bounds(const KnownTables& known, std::int64_t threshold);

}  // namespace parcours
