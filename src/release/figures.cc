#include "release/figures.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>
#include <string>

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

NeededCount count_needed(std::span<const Table> tables, std::span<const std::vector<Margin>> kept) {
  NeededCount count;
  for (std::size_t t = 0; t < std::min(tables.size(), kept.size()); ++t) {
    std::set<std::set<std::string>> margins;
    for (const Margin& margin : kept[t]) {
      margins.emplace(margin.begin(), margin.end());
    }
    const Table& table = tables[t];
    for (std::size_t i = 0; i < table.cells.size(); ++i) {
      std::set<std::string> by;  // what the cell tells people apart by
      const std::vector<std::size_t> places = table.places(i);
      for (std::size_t d = 0; d < places.size(); ++d) {
        if (places[d] != table.dimensions[d].total()) {
          by.insert(table.dimensions[d].id);
        }
      }
      const Cell& cell = table.cells[i];
      const bool published = cell.status == CellStatus::published;
      if (margins.contains(by) && !(published && cell.patients == 0)) {
        ++count.cells;
        count.published += published && (!table.mean_of || cell.mean) ? 1 : 0;
      }
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
