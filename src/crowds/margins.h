// Margins: the totals of a table of crowds, merged from its cells.
//
// The input table holds the cells that were counted: the categories of an additive dimension; for a
// dimension that is not additive also its total, since no sum gives it. Row-major, the last
// dimension fastest.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "base/error.h"
#include "crowds/counters.h"
#include "tables/table.h"

namespace parcours::crowds {

// How many cells are counted, and how many there are with all totals.
std::size_t counted_cells(std::span<const tables::Dimension> dimensions);
std::size_t all_cells(std::span<const tables::Dimension> dimensions);

// The table with its totals, from the crowds that begin at `first`. Errors: no memory.
Result<Counters> with_margins(const Counters& counted, std::size_t first,
                              std::span<const tables::Dimension> dimensions);
std::vector<ValueCrowd> with_margins(std::span<const ValueCrowd> counted,
                                     std::span<const tables::Dimension> dimensions);

}  // namespace parcours::crowds
