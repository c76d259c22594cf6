// Which figures of a table must not be shown anew: a release before published the figure of the
// same cell, and since then a few came to it or left it.
//
// Worked example: 120 women of a department were published. Three came and none left. Whoever has
// both figures would know of a group of three; so 123 is not shown. If twelve came and none left,
// 132 is.
//
// Cells are the same if both studies define them in the same way: the population, and each
// dimension along which the cell is no total. If the populations are defined in different ways, the
// dimensions need only be of one trait, with categories of the same code; then a figure is kept
// back if those who came and those who left are both few, and enough stayed: the two cells are of
// almost the same people.
//
// A mean is kept back as well if the one of another value was published of the same cell, and only
// a few have more or less of the one than of the other: the visits of 90 days and of 91.
#pragma once

#include <cstdint>
#include <span>

#include "crowds/crowd_table.h"
#include "crowds/roll.h"
#include "past/place_pairs.h"
#include "past/told.h"
#include "past/two_rolls.h"
#include "tables/table.h"

namespace parcours::past {

struct PastTable {
  const tables::Table& table;
  const ToldTable& told;
  const crowds::Roll::OfTable& roll;
};

struct MoveRule {
  std::uint32_t few;  // fewer people than this are told apart
  bool same_population;

  bool kept_back(std::uint64_t came, std::uint64_t left, std::uint64_t stayed) const;
};

// Marks the cells of `table` (CrowdTable::moved, moved_means). `places` is of the two tables.
void mark_moved(const PastTable& past, const ToldTable& told, const crowds::Roll::OfTable& roll,
                std::span<const InTwoRolls> people, const PlacePairs& places, const MoveRule& rule,
                crowds::CrowdTable& table);

}  // namespace parcours::past
