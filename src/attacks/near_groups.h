// Two groups of different tables that are nearly the same people: their difference is a small group
// whom neither shows.
//
//   people aged 6 to 11: 120     people aged 6 to 12: 123     three are 12
//   everybody: 523               everybody who has a value: 522     one has none
//
// Bands of one dimension ("6to11", "under6", "18plus", "7") are compared across tables run by run:
// the bands from 6 to 11, in however many pieces, lie within those from 6 to 12. Two counts for one
// and the same group can only differ because somebody is left out of one of them; where each of two
// tables has a larger count than the other somewhere, each leaves others out, and what their counts
// differ by tells nothing.
//
// G1: two tables that differ by a child, in a band or left out, are found.
#pragma once

#include <span>

#include "attacks/table_attacks.h"

namespace parcours {

AttackOutcome near_groups(std::span<const Table> tables, const KnownTables& known,
                          std::int64_t threshold);

// What a band's code says: from `first` to `last`, both included; nothing where the code is no
// band.
struct BandRange {
  std::int64_t first;
  std::int64_t last;
  friend auto operator<=>(const BandRange&, const BandRange&) = default;
};
std::optional<BandRange> band_range(std::string_view code);

}  // namespace parcours
