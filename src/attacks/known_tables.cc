#include "attacks/known_tables.h"

#include <algorithm>

#include "sums/elimination.h"

namespace parcours {

KnownTables known_tables(std::span<const Table> tables) {
  KnownTables known{table_system(tables), {}, {}};
  for (const Range& range : known.joined.system.ranges) {
    known.counts.push_back(range.known() ? std::optional(range.low) : std::nullopt);
    known.hidden.hidden += range.known() ? 0 : 1;
  }
  if (known.hidden.hidden > 0) {
    for (const WorkedOut& cell : work_out(known.joined.system)) {
      known.counts[cell.cell] = integer_of(cell.value);
      ++known.hidden.worked_out;
    }
  }
  return known;
}

HiddenCells hidden_cells(std::span<const Table> tables) {
  const System system = table_system(tables).system;
  const std::vector<bool> hidden = unknown_cells(system.ranges);
  const auto count = static_cast<std::uint64_t>(std::ranges::count(hidden, true));
  return {count, count == 0 ? 0 : eliminate(system.relations, hidden).determined.size()};
}

}  // namespace parcours
