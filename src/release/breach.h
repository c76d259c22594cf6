// What a cell would break if it were published, worked out from its crowd and the rules file alone.
// Protection has its own code for the same rules; this one is the gate's, so that a mistake in
// either is seen.
//
// With n the cell's patients, and its groups the same cell with one dimension at its total, for a
// table's grand total the population:
//
//   patients_min          0 < n < patients_min
//   practices_min         fewer practices than practices_min
//   largest_practice      the largest practice's share is not below the limit
//   complement_min        0 < g - n < complement_min for a group of g patients: what the cell
//                         leaves of it is too small
//   group_disclosure      n = g in a sensitive dimension: everyone of the group has it
//
// and of a mean, besides: one patient's part of the sum is not below the limit, or too few patients
// have a value.
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

// The first rule, in the order above, that cell `cell` of `table` breaks if its patients are
// published.
Breach breach(const CrowdTable& table, std::size_t cell, const Crowd& population,
              const Rules& rules);

// The same, if its mean is.
Breach breach_of_mean(const Crowd& crowd, const Rules& rules);

// The same for the number of people whom the study is about, which is published too.
Breach breach_of_population(const Crowd& population, const Rules& rules);

}  // namespace parcours
