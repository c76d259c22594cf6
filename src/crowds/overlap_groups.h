// The groups of an overlap, merged from its cells.
//
// A group stands, in each trait, at a part, at a set of parts, or at all of them; it is the people
// of the cells there. Only groups of somebody are made. A group that is not at a part of some trait
// is the sum of the groups at the parts that it has there.
//
// Worked example: of one trait, tested within 90 days (yes, no) and within 365 days (yes, no), with
// 117 people in (yes, yes), 3 in (no, yes) and 80 in (no, no). The groups are these three, where
// the sets are those of 365 days the 120 of (any, yes), and all 200; (any, no) is (no, no).
#pragma once

#include <cstddef>

#include "base/error.h"
#include "crowds/counters.h"
#include "crowds/crowd_table.h"
#include "study/plan.h"

namespace parcours::crowds {

// Of the cells that begin at `first`. Errors: no memory.
Result<CrowdOverlap> overlap_groups(const Counters& counted, std::size_t first,
                                    const study::PlanOverlap& overlap);

}  // namespace parcours::crowds
