// Cells of one table whose people all stand in a cell of another table that has a few more: the few
// are told by subtracting.
//
// Of cells that have fewer than `few` people nothing is noted: they are hidden for themselves, and
// nothing can be subtracted from what is hidden that its own width does not cover.
#pragma once

#include <cstdint>
#include <span>

#include "crowds/crowd_table.h"
#include "crowds/roll.h"
#include "past/place_pairs.h"
#include "past/two_rolls.h"

namespace parcours::past {

// A table of one of two rolls.
struct RolledTable {
  std::span<const tables::Dimension> dimensions;
  std::span<const crowds::Crowd> cells;  // with all margins
  const crowds::Roll::OfTable& roll;
  bool each;  // the last dimension is the codes of `each`
};

// For each such pair of cells the wider one, the other, and the few; and that the two make the one.
// `places` is of the two tables.
crowds::CrowdOverlap cells_within(const RolledTable& past, const RolledTable& now,
                                  std::span<const InTwoRolls> people, const PlacePairs& places,
                                  std::uint32_t few);

}  // namespace parcours::past
