#include "release/figures.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace parcours {

Label mean_text(double mean) {
  const double size = std::abs(mean);
  return decimal(mean, size >= 100 ? 1 : size >= 1 ? 2 : 3);
}

CellCount count_cells(std::span<const Table> tables) {
  CellCount count;
  for (const Table& table : tables) {
    count.cells += table.cells.size();
    for (const Cell& cell : table.cells) {
      count.published += cell.status == CellStatus::published ? 1 : 0;
      count.means += cell.mean ? 1 : 0;
    }
  }
  return count;
}

std::optional<Shown> shown(const Table& table) {
  const Cell& total = table.cells.back();
  if (total.status != CellStatus::published ||
      !std::ranges::all_of(table.dimensions, &Dimension::additive)) {
    return std::nullopt;
  }
  Shown figure{0, static_cast<std::uint64_t>(total.patients)};
  for (std::size_t i = 0; i < table.cells.size(); ++i) {
    if (table.inner(i)) {
      figure.patients += static_cast<std::uint64_t>(table.cells[i].patients);
    }
  }
  return figure;
}

Shown shown(std::span<const Table> tables) {
  Shown all;
  for (const Table& table : tables) {
    if (const std::optional<Shown> one = shown(table)) {
      all.patients += one->patients;
      all.of += one->of;
    }
  }
  return all;
}

}  // namespace parcours
