// Cells of one table whose people all stand in a cell of another table that has a few more: the few
// are told by subtracting.
//
// Of cells that have fewer than `few` people nothing is noted: they are hidden for themselves, and
// nothing can be subtracted from what is hidden that its own width does not cover.
#pragma once

#include <cstdint>
#include <span>
#include <unordered_set>
#include <vector>

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

// How many people have these places in the two tables; no_cell: none in that one.
struct PeopleAt {
  std::uint32_t past;
  std::uint32_t now;
  std::uint32_t patients;
};

std::vector<PeopleAt> people_at(const PlacePairs& places);

// For each such pair of cells the wider one, the other, and the few; and that the two make the one.
// `places` is of the two tables; `people`, where one is of `each`, are all who stand in both.
crowds::CrowdOverlap cells_within(const RolledTable& past, const RolledTable& now,
                                  std::span<const InTwoRolls> people,
                                  std::span<const PeopleAt> places, std::uint32_t few);

// The fingerprints of cells.
class PeopleOfCells {
 public:
  void add(std::span<const crowds::Crowd> cells);
  bool contains(Uint128 people) const { return people_.contains(people); }

 private:
  struct Hash {
    std::size_t operator()(Uint128 people) const { return static_cast<std::size_t>(people); }
  };
  std::unordered_set<Uint128, Hash> people_;
};

// The same of a set of people that is no cell of the other study: its population, or who stands in
// one of the two rolls alone; as a whole, or by the rows of the table. Where what is over is not
// few, it is noted if it is the people of a cell, so that the cell follows from the two: of 130
// with diabetes 100 left by an exclusion, and the 30 are whom a column of `each` counts.
struct PeopleSet {
  std::span<const tables::Dimension> rows;  // empty: as a whole
  std::span<const crowds::Crowd> cells;     // with all margins
  bool of_past;                             // it has people who stand in the one before alone
  bool of_now;
  bool of_both;

  bool has(bool in_past, bool in_now) const {
    return in_past && in_now ? of_both : in_past ? of_past : of_now;
  }
};
enum class Side : std::uint8_t { past, now };
// `table` is of this side; `places` are of it and any table of the other; `cells` of both studies.
crowds::CrowdOverlap cells_within(const RolledTable& table, Side side, const PeopleSet& set,
                                  const PeopleOfCells& cells, std::span<const InTwoRolls> people,
                                  const PlacePairs& places, std::uint32_t few);

}  // namespace parcours::past
