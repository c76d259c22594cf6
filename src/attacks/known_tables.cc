#include "attacks/known_tables.h"

#include <algorithm>

#include "sums/elimination.h"

namespace parcours::attacks {

KnownTables known_tables(std::span<const tables::Table> tables) {
  KnownTables known{sums::table_system(tables), {}, {}};
  for (const sums::Range& range : known.joined.system.ranges) {
    known.counts.push_back(range.known() ? std::optional(range.low) : std::nullopt);
    known.hidden.hidden += range.known() ? 0 : 1;
  }
  if (known.hidden.hidden > 0) {
    for (const sums::WorkedOut& cell : sums::work_out(known.joined.system)) {
      known.counts[cell.cell] = sums::integer_of(cell.value);
      ++known.hidden.worked_out;
    }
  }
  return known;
}

HiddenCells hidden_cells(std::span<const tables::Table> tables) {
  const sums::System system = sums::table_system(tables).system;
  const std::vector<bool> hidden = sums::unknown_cells(system.ranges);
  const auto count = static_cast<std::uint64_t>(std::ranges::count(hidden, true));
  return {count, count == 0 ? 0 : sums::eliminate(system.relations, hidden).determined.size()};
}

}  // namespace parcours::attacks
