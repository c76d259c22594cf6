// What a cell would break if it were published, worked out from its crowd and the rules file alone.
// Protection has its own code for the same rules; this one is the gate's, so that a mistake in
// either is seen.
//
// With n the cell's patients and, for each dimension in which it is not the total, g the patients
// of its group (the same cell, that dimension at its total):
//
//   patients_min          0 < n < patients_min
//   practices_min         fewer practices than practices_min
//   largest_practice      the largest practice's share is not below the limit
//   complement_min        0 < g - n < complement_min: what the cell leaves of its group is too
//   small a group group_disclosure      n = g in a sensitive dimension: everyone of the group has
//   it largest_value         in a table of means: one patient's part of the sum is not below the
//   limit, or too few
//                         patients have a value
//
// A cell of nobody breaks nothing.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "crowds/crowd_table.h"
#include "protect/rules.h"

namespace parcours {

enum class Breach : std::uint8_t {
  none,
  patients_min,
  practices_min,
  largest_practice,
  complement_min,
  group_disclosure,
  largest_value,
};

// The rule's name as the rules file writes it.
std::string_view rule_of(Breach breach);

// The first rule, in the order above, that cell `cell` of `table` breaks.
Breach breach(const CrowdTable& table, std::size_t cell, const Rules& rules);

// The same for the number of people whom the study is about, which is published too.
Breach breach_of_population(const Crowd& population, const Rules& rules);

}  // namespace parcours
