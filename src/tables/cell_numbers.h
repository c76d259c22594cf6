// One number for cells that stand at the same coordinates, in whatever tables.
//
// A coordinate is a number that the caller gave to a code of a dimension; a dimension that a cell
// does not tell apart (it is at its total) has none. The cells are nodes of one tree, a coordinate
// a step, so that there is no limit to the dimensions, and cells that follow each other in a table
// take one step each.
//
// Worked example: asked for the cells {3, 7}, {3} and {3, 7}, it says 0, 1 and 0.
#pragma once

#include <cstdint>
#include <span>
#include <unordered_map>
#include <vector>

#include "tables/relations.h"

namespace parcours::tables {

class CellNumbers {
 public:
  // The cell's number: the next one, from 0, where it was not met before. `coordinates` ascend.
  std::uint32_t number(std::span<const std::uint32_t> coordinates);

  std::uint32_t count() const { return count_; }

 private:
  struct Step {
    std::uint32_t coordinate;
    std::uint32_t to;
  };

  std::unordered_map<std::uint64_t, std::uint32_t> steps_;  // by node and coordinate
  std::vector<std::uint32_t> number_at_{no_number};         // by node
  std::vector<Step> last_;                                  // the way to the cell asked for last
  std::uint32_t count_ = 0;
};

}  // namespace parcours::tables
