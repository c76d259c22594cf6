// Tells whether a figure obeys a rule. The gate tests every published figure with it.
//
// Protection looks for the first rule that a cell breaks (protect/primary.h). The gate states the
// same rules separately, as conditions that must hold, so that a mistake in either shows. Both
// judge the facts of crowds/cell_facts.h.
//
// A cell of n patients obeys
//
//   patients_min                  when n >= patients_min
//   complement_min                when each of its groups is n, or n + complement_min or more
//   practices_min                 when n patients are of practices_min practices or more
//   largest_practice_share_below  when the largest practice has less than that share of n
//   without_largest_practice_min  when that many of the n are not of the largest practice
//   hide_group_disclosure         when each telling group has members other than these n
//
// A mean obeys patients_min when that many patients have a value and as many or
// none have one that is not 0, and largest_value_share_below
// when no value has that share of the sum. A cell without patients obeys every rule.
#pragma once

#include <optional>

#include "crowds/cell_facts.h"
#include "protect/rule.h"
#include "protect/rules.h"

namespace parcours::release {

// The first rule that the cell's patients, or the cell's mean, do not obey.
std::optional<protect::Rule> disobeyed(const crowds::CellFacts& facts, const protect::Rules& rules);
std::optional<protect::Rule> disobeyed_by_mean(const crowds::Crowd& crowd,
                                               const protect::Rules& rules);

// The same for a crowd alone, without its groups: for the population, whose size is published too,
// and for a hidden cell that an insider may be alone in.
std::optional<protect::Rule> disobeyed_alone(const crowds::Crowd& crowd,
                                             const protect::Rules& rules);

}  // namespace parcours::release
