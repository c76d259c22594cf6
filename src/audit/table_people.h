// Which published tables are about the same people. For system_of()'s own use.
//
// All tables of other origin are about the same people, and so is a release's first table. A
// release may have tables about different people: a table of means counts only those who have a
// value. A table of a release belongs to the first people whose published counts it does not
// contradict; if one of the two may leave people out, also only if both print the same grand total.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "audit/cell_coordinates.h"
#include "audit/published_table.h"
#include "base/error.h"

namespace parcours::audit {

struct TablePeople {
  std::vector<std::uint32_t> of;       // by table; 0 are those of the tables of other origin
  std::vector<tables::Label> assumed;  // sentences (assumed.h)
};

// Counts are compared in units of 10^-decimals.
Result<TablePeople> people_of_tables(std::span<const PublishedTable> tables,
                                     std::span<const Layout> layouts,
                                     const CoordinateNumbers& coordinates, int decimals);

}  // namespace parcours::audit
