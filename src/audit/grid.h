// A table as pages of rows and columns, for drawing: which dimension goes across, which down, and
// which is leafed through.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "audit/published_system.h"

namespace parcours::audit {

struct Grid {
  struct Row {
    std::uint32_t place = 0;        // along the dimension that goes down; 0 where there is none
    std::vector<std::uint32_t> at;  // by column: the place in the table's layout
  };
  struct Page {
    std::vector<std::uint32_t> places;  // by leafed dimension
    std::vector<Row> rows;
    std::size_t marked = 0;         // how many marked cells are on it
    std::size_t rows_left_out = 0;  // without a marked cell, where there are too many
  };
  std::optional<std::size_t> across;  // dimensions of the layout
  std::optional<std::size_t> down;
  std::vector<std::size_t> leafed;
  std::vector<std::uint32_t> columns;  // places along the dimension that goes across
  std::vector<Page> pages;             // those with marked cells first, else in their order
  std::size_t pages_left_out = 0;      // without a marked cell, or too many
};

// `marked` says of each place in the layout whether it must be seen. Places that nothing lists are
// left out.
Grid grid_of(const Drawing& drawing, const std::vector<bool>& marked);

}  // namespace parcours::audit
