// Counts what the attack near-groups (near_groups.h) must find on tables before protection: every
// pair of counts that its definition calls near. It counts pair by pair and shares no code with the
// attack, so that it shows if the attack misses pairs.
//
//   of all tables about the same people, and of those of which one may leave people out:
//     two runs of bands, one within the other, in the same group otherwise
//         6to11: 120    6to12: 123
//     one group, counted twice
//         everybody: 523    who has a value: 522
//   that differ by 1 to threshold - 1 people.
#pragma once

#include <cstdint>
#include <span>

#include "tables/table.h"

namespace parcours::attacks {

// Of published cells alone; `counted` has no others. It takes the square of the runs that a group
// has in all tables (bands * (bands + 1) / 2 in each), and of the tables, as the attack does.
std::uint64_t count_near_pairs(std::span<const tables::Table> counted, std::int64_t threshold);

}  // namespace parcours::attacks
