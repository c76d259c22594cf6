#include "release/figures.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>
#include <string>

namespace parcours::release {

tables::Label mean_text(double mean) {
  const double size = std::abs(mean);
  return page::decimal(mean, size >= 100 ? 1 : size >= 1 ? 2 : 3);
}

CellCount count_cells(std::span<const tables::Table> tables) {
  CellCount count;
  for (const tables::Table& table : tables) {
    count.cells += table.cells.size();
    for (const tables::Cell& cell : table.cells) {
      const bool published = cell.status == tables::CellStatus::published;
      const bool empty = published && cell.patients == 0;
      count.published += published ? 1 : 0;
      count.empty += empty ? 1 : 0;
      count.means += cell.mean ? 1 : 0;
      count.means_hidden += table.mean_of && !empty && !cell.mean ? 1 : 0;
    }
  }
  return count;
}

double CellCount::published_part() const {
  return with_patients() == 0 ? 1.0 : page::part_of(published_with_patients(), with_patients());
}

NeededCount count_needed(std::span<const tables::Table> tables,
                         std::span<const std::vector<tables::Margin>> kept) {
  NeededCount count;
  for (std::size_t t = 0; t < std::min(tables.size(), kept.size()); ++t) {
    std::set<std::set<std::string>> margins;
    for (const tables::Margin& margin : kept[t]) {
      margins.emplace(margin.begin(), margin.end());
    }
    const tables::Table& table = tables[t];
    for (std::size_t i = 0; i < table.cells.size(); ++i) {
      std::set<std::string> by;  // what the cell tells people apart by
      const std::vector<std::size_t> places = table.places(i);
      for (std::size_t d = 0; d < places.size(); ++d) {
        if (places[d] != table.dimensions[d].total()) {
          by.insert(table.dimensions[d].id);
        }
      }
      const tables::Cell& cell = table.cells[i];
      const bool published = cell.status == tables::CellStatus::published;
      if (margins.contains(by) && !(published && cell.patients == 0)) {
        ++count.cells;
        count.published += published && (!table.mean_of || cell.mean) ? 1 : 0;
      }
    }
  }
  return count;
}

std::optional<Shown> shown(const tables::Table& table) {
  const tables::Cell& total = table.cells.back();
  if (total.status != tables::CellStatus::published ||
      !std::ranges::all_of(table.dimensions, &tables::Dimension::additive)) {
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

std::optional<Shown> shown(std::span<const tables::Table> tables) {
  std::optional<Shown> all;
  for (const tables::Table& table : tables) {
    if (const std::optional<Shown> one = shown(table)) {
      const Shown before = all.value_or(Shown{});
      all = Shown{before.patients + one->patients, before.of + one->of};
    }
  }
  return all;
}

bool shows_little(std::span<const tables::Table> tables) {
  constexpr double little = 0.1;
  const std::optional<Shown> part = shown(tables);
  return (part ? part->part() : count_cells(tables).published_part()) < little;
}

SharedByHidden shared_by_hidden(std::span<const tables::Table> tables,
                                std::span<const std::string> sensitive) {
  SharedByHidden found;
  for (const tables::Table& table : tables) {
    for (std::size_t d = 0; d < table.dimensions.size(); ++d) {
      const tables::Dimension& dimension = table.dimensions[d];
      if (!dimension.additive || std::ranges::find(sensitive, dimension.id) == sensitive.end()) {
        continue;
      }
      const auto children = dimension.children();
      std::vector<std::size_t> leaves;
      for (std::size_t place = 0; place < dimension.total(); ++place) {
        if (children[place].empty()) {
          leaves.push_back(place);
        }
      }
      if (leaves.size() < 2) {
        continue;
      }
      for (std::size_t cell = 0; cell < table.cells.size(); ++cell) {
        std::vector<std::size_t> places = table.places(cell);
        if (places[d] != dimension.total() ||
            table.cells[cell].status == tables::CellStatus::published) {
          continue;
        }
        const auto empty = std::ranges::count_if(leaves, [&](std::size_t leaf) {
          places[d] = leaf;
          const tables::Cell& part = table.cells[table.index(places)];
          return part.status == tables::CellStatus::published && part.patients == 0;
        });
        ++found.groups;
        found.sharing += static_cast<std::size_t>(empty) + 1 == leaves.size() ? 1 : 0;
      }
    }
  }
  return found;
}

}  // namespace parcours::release
