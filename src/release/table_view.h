// Lays out a table for the report's template: rows and columns of text.
//
// The last dimension runs across if it has few categories, else the smallest dimension that has
// few. The others run down, nested. A table with no small dimension is one long column. Categories
// without patients are left out. Totals are marked, and hidden cells are marked as hidden. Where
// the figure of an earlier edition stands, it is shown with the letter of that edition.
#pragma once

#include <cstddef>
#include <nlohmann/json.hpp>
#include <span>

#include "past/editions.h"
#include "tables/table.h"

namespace parcours::release {

// At most `most_rows` rows; the view says how many there would be.
nlohmann::json table_view(const tables::Table& table, std::size_t most_rows,
                          std::span<const past::EarlierFigure> earlier = {});

}  // namespace parcours::release
