// Tables for tests, out of the counts of their inner cells.
#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "tables/table.h"

namespace parcours::attacks {

using InnerCounts = std::vector<std::vector<std::int64_t>>;  // by row and column

// Two additive dimensions, every cell shown but those of `hidden` (row, column).
inline tables::Table two_way_table(
    const tables::Dimension& rows, const tables::Dimension& columns, const InnerCounts& inner,
    const std::vector<std::pair<std::size_t, std::size_t>>& hidden = {}) {
  tables::Table made{"t", {}, {rows, columns}, {}, {}};
  made.cells.resize(made.cell_count());
  for (std::size_t i = 0; i < inner.size(); ++i) {
    for (std::size_t j = 0; j < inner[0].size(); ++j) {
      for (const std::size_t row : {i, inner.size()}) {
        for (const std::size_t column : {j, inner[0].size()}) {
          made.cells[made.index(std::vector{row, column})].patients += inner[i][j];
        }
      }
    }
  }
  for (tables::Cell& cell : made.cells) {
    cell.status = tables::CellStatus::published;
  }
  for (const auto& [i, j] : hidden) {
    made.cells[made.index(std::vector{i, j})] = {};
  }
  return made;
}

}  // namespace parcours::attacks
