// Slices of tables: the people of one category, as the rest of the table tells them apart.
//
// A table of `each` tells of every code alone, so two such tables are compared code by code: those
// who have it, by the rows of the one and of the other. A slice of a table of `of` is whoever has
// one category of a trait of events.
//
// Worked example: of those with a back pain 30 are 18 to 44, in a table of `each` by ages from 18,
// and 29 are 20 to 44, in one by ages from 20. One is 18 or 19.
#pragma once

#include <array>
#include <cstddef>
#include <vector>

#include "base/error.h"
#include "crowds/crowd_table.h"
#include "past/everybody.h"
#include "past/two_studies.h"

namespace parcours::past {

// Adds what two slices of the same people tell apart together, one of each study, where one of them
// at least is of a table of `each`; `of` is what CrowdOverlap says of them. Errors: they tell too
// many groups apart; no memory.
Status add_slices(const RolledStudy& past, const RolledStudy& now, const Everybody& everybody,
                  const TogetherOptions& options, const std::vector<std::array<std::size_t, 2>>& of,
                  crowds::Counted& counted);

// The same of two tables of one study.
Status add_own_slices(const RolledStudy& study, const Everybody& everybody,
                      const TogetherOptions& options, crowds::Counted& counted);

}  // namespace parcours::past
