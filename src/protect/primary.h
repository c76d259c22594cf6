// Primary suppression: which cells break a rule by themselves.
//
// With n the cell's patients, and its groups the same cell with one dimension at its total, for a table's grand total the
// population, and, where the table has groups of its own (CrowdTable::groups), everyone of the cell's group whether or
// not they stand in the table:
//
//   too_few_patients   0 < n < patients_min
//   small_complement   0 < (patients of a group) - n < complement_min
//   too_few_practices  fewer practices than practices_min
//   dominated          the largest practice's share is not below largest_practice_share_below
//   group_disclosure   n is all of a group along a sensitive dimension: everyone of the group has this value
//
// and for a mean alone: fewer patients with a value than patients_min, or a largest contribution that is not below
// largest_value_share_below of the sum.
//
// To have a code that everyone of a group has counts as shared by all there; to have any of them (the total of an `each`
// table) does not. A cell of nobody breaks nothing.
#pragma once

#include <cstdint>
#include <vector>

#include "crowds/crowd_table.h"
#include "protect/rules.h"

namespace parcours {

// In the order in which they are counted: a cell that breaks several stands under the first.
enum class Unsafe : std::uint8_t {
  no,
  too_few_patients,
  small_complement,
  too_few_practices,
  dominated,
  group_disclosure,
};

struct Primary {
  std::vector<Unsafe> cells;  // by cell
  std::vector<bool> means;    // by cell: the mean must not be shown; empty but for a table of means
};

Primary primary(const CrowdTable& table, const Crowd& population, const Rules& rules);

// Of a crowd by itself, without its groups.
Unsafe unsafe_crowd(const Crowd& crowd, const Rules& rules);

}  // namespace parcours
