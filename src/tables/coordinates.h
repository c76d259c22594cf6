// Which people a cell counts, in the words of its table: (age, 6-11) (sex, F).
//
// The total of a dimension that sums is no coordinate, so that tables with and without the
// dimension agree on a cell. The total of one that does not sum is one, (drug, _ANY): who stands in
// none of its categories is not counted there.
#pragma once

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "tables/table.h"

namespace parcours::tables {

// Dimension and code; what somebody knows of a person, too.
using Coordinates = std::vector<std::pair<std::string, std::string>>;

// In the order of the table's dimensions.
Coordinates coordinates_of(const Table& table, std::size_t cell);

}  // namespace parcours::tables
