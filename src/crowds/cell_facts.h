// The facts that the rules need about one cell: its crowd, and the groups that contain its people.
// Protection and the gate both judge a cell by these facts.
//
// A cell's groups are
//
//   - for each dimension along which the cell is not a total: the same cell with that dimension at
//     its total, and if the categories form a tree, at every category above it;
//   - in a table of `each` or of means: everyone of the population with the cell's other values,
//     whether or not the table counts them (CrowdTable::groups);
//   - for the grand total of any other table: the population.
//
// Example: of 120 women 110 took drug a, and 115 took any drug. The groups of the cell (women, a)
// are all who took a, the 115 women who took any drug, and the 120 women.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "crowds/crowd_table.h"

namespace parcours::crowds {

struct Group {
  std::uint32_t patients;
  // If the cell's people are all of the group, everyone in the group has a sensitive value. This is
  // so along a sensitive dimension. To have any code (the total of a table of `each`) is not
  // sensitive.
  bool telling;
  friend bool operator==(const Group&, const Group&) = default;
};

struct CellFacts {
  const Crowd& crowd;  // of the table
  std::vector<Group> groups;
  bool moved = false;  // since a release showed the same figure (CrowdTable::moved)
};

CellFacts facts_of(const CrowdTable& table, std::size_t cell, const Crowd& population);

}  // namespace parcours::crowds
