// What an outsider knows of published tables. The tables form one system of cells
// (sums/table_system.h). The count of a cell is known if it is published or if sums of published
// counts give it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "sums/table_system.h"

namespace parcours::attacks {

// Cells that are not published, and those of them that can be worked out.
struct HiddenCells {
  std::uint64_t hidden = 0;
  std::uint64_t worked_out = 0;
};

struct KnownTables {
  sums::TableSystem joined;
  std::vector<std::optional<std::int64_t>> counts;  // by cell of the system
  HiddenCells hidden;

  // Of a table's cell.
  const std::optional<std::int64_t>& count(std::size_t table, std::size_t cell) const {
    return counts[joined.cell_of[table][cell]];
  }
};

KnownTables known_tables(std::span<const tables::Table> tables);

// How many cells can be worked out, but not their counts: far quicker where there are many.
HiddenCells hidden_cells(std::span<const tables::Table> tables);

}  // namespace parcours::attacks
