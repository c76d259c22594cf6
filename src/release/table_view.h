// A table as a page shows it: rows and columns of text, for the report's template.
//
// The last dimension runs across if it has few categories, else the smallest that has few; the
// others run down, nested. A table with no small dimension is one long column. Categories that
// count nobody are left out. Totals are marked, hidden cells say that they are hidden.
#pragma once

#include <cstddef>
#include <nlohmann/json.hpp>

#include "tables/table.h"

namespace parcours {

// At most `most_rows` rows; the view says how many there would be.
nlohmann::json table_view(const Table& table, std::size_t most_rows);

}  // namespace parcours
