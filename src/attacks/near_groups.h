// Attack `near-groups`: two groups of different tables are nearly the same people. Their difference
// is a small group that neither table shows.
//
//   people aged 6 to 11: 120     people aged 6 to 12: 123     three are 12
//   everybody: 523               everybody who has a value: 522     one has none
//
// Bands of one dimension ("6to11", "under6", "18plus", "7") are compared across tables run by run:
// the bands from 6 to 11, in however many pieces, lie within those from 6 to 12. If two tables
// count one group differently, one of them leaves people out. If each table has the larger count
// somewhere, both leave people out, and the difference of their counts says nothing.
//
// G1: two tables that differ by a child, in a band or left out, are found.
#pragma once

#include <span>

#include "attacks/table_attacks.h"

namespace parcours::attacks {

AttackOutcome near_groups(std::span<const tables::Table> tables, const KnownTables& known,
                          std::int64_t threshold);

// What a band's code says: from `first` to `last`, both included; nothing where the code is no
// band.
struct BandRange {
  std::int64_t first;
  std::int64_t last;
  friend auto operator<=>(const BandRange&, const BandRange&) = default;
};
std::optional<BandRange> band_range(std::string_view code);

}  // namespace parcours::attacks
