// Primary suppression: finds the cells that break a rule by themselves.
//
// A cell of n patients, with the groups of crowds/cell_facts.h, breaks a rule if:
//
//   patients_min                  0 < n < patients_min; or a release showed the figure before, and
//                                 since then fewer people came or left (CrowdTable::moved)
//   complement_min                0 < (patients of a group) - n < complement_min
//   practices_min                 fewer practices than practices_min
//   largest_practice_share_below  the largest practice's share of n is not below the limit
//   without_largest_practice_min  n less the largest practice's patients, who are no secret to it,
//                                 is below the limit
//   hide_group_disclosure         n is all of a telling group: all its members have a sensitive
//                                 value
//
// A mean also breaks a rule if fewer than patients_min patients have a value or one that is not 0,
// or if the largest contribution is not below largest_value_share_below of the sum. (Of a count
// that is 0 for all but a few, the mean times the patients is the number of what these few had.)
//
// A cell without patients breaks no rule.
#pragma once

#include <optional>
#include <vector>

#include "crowds/crowd_table.h"
#include "protect/rule.h"
#include "protect/rules.h"

namespace parcours::protect {

struct Primary {
  std::vector<std::optional<Rule>> cells;  // by cell: the first rule that it breaks
  std::vector<bool> means;  // by cell: the mean must not be shown; empty but for a table of means
};

Primary primary(const crowds::CrowdTable& table, const crowds::Crowd& population,
                const Rules& rules);

// The first rule that a crowd breaks by itself, without its groups.
std::optional<Rule> broken_by_crowd(const crowds::Crowd& crowd, const Rules& rules);

}  // namespace parcours::protect
