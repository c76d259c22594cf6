#include "crowds/cell_facts.h"

#include "base/check.h"

namespace parcours::crowds {
namespace {

// Everyone of the population with the cell's other values. In a table of `each` all cells of a row
// share this group, and being all of it is to have the row's code.
Group everyone_at(const CrowdTable& table, std::size_t cell) {
  const std::size_t row = table.cells.size() / table.groups.size();
  const bool each = row > 1;
  const bool any_code = each && cell % row == row - 1;
  return {table.groups[cell / row].patients, each && !any_code && table.sensitive.back()};
}

}  // namespace

CellFacts facts_of(const CrowdTable& table, std::size_t cell, const Crowd& population) {
  CellFacts facts{table.cells[cell], {}, !table.moved.empty() && table.moved[cell]};
  std::size_t stride = 1;
  for (std::size_t d = table.dimensions.size(); d-- > 0;) {
    const tables::Dimension& dimension = table.dimensions[d];
    std::size_t place = cell / stride % dimension.places();
    const std::size_t with_first = cell - place * stride;
    while (place != dimension.total()) {
      place = dimension.parent(place);
      facts.groups.push_back(
          {table.cells[with_first + place * stride].patients, table.sensitive[d]});
    }
    stride *= dimension.places();
  }
  PARCOURS_CHECK(stride == table.cells.size());
  if (!table.groups.empty()) {
    facts.groups.push_back(everyone_at(table, cell));
  } else if (facts.groups.empty()) {
    facts.groups.push_back({population.patients, false});
  }
  return facts;
}

}  // namespace parcours::crowds
