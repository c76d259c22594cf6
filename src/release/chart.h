// A chart of a table, as a Vega-Lite v5 specification with its data inside. A hidden cell is drawn
// as a hatched grey square, never as a bar of height 0; a cell of nobody as a 0; the smallest value
// as a bar that is at least a line, or in the lightest shade. The subtitle says so.
//
// The table's shape decides the kind of chart. One dimension gives bars. Two give grouped bars if
// there are few categories, else a heat map. A third dimension may give charts side by side;
// further dimensions are drawn at their totals. If there are more categories than a reader can
// distinguish, only the largest are drawn. The subtitle says what was left out.
#pragma once

#include <nlohmann/json.hpp>

#include "release/figures.h"
#include "tables/table.h"

namespace parcours::release {

nlohmann::ordered_json chart(const tables::Table& table, page::Language language);

// Whether there is anything to draw: not of a single figure, and not of a table in which nobody
// stands.
bool can_be_drawn(const tables::Table& table);

}  // namespace parcours::release
