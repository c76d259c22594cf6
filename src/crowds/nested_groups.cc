#include "crowds/nested_groups.h"

#include <limits>
#include <map>
#include <utility>

namespace parcours {
namespace {

Crowd less(const Crowd& outer, const Crowd& inner) {
  return {.patients = outer.patients - inner.patients,
          .practices = std::numeric_limits<std::uint32_t>::max(),
          .largest_practice = 0,
          .fingerprint = outer.fingerprint - inner.fingerprint,
          .value = {}};
}

// Adds a whole, its parts and what it has beside them.
void add(CrowdOverlap& overlap, const Crowd& whole, const std::vector<const Crowd*>& parts,
         const Crowd& rest) {
  const auto first = static_cast<std::uint32_t>(overlap.groups.size());
  Relation relation{{{first, 1}, {first + 1, -1}}};
  overlap.groups.push_back(whole);
  overlap.groups.push_back(rest);
  for (const Crowd* part : parts) {
    if (part->patients > 0) {
      relation.terms.push_back({static_cast<std::uint32_t>(overlap.groups.size()), -1});
      overlap.groups.push_back(*part);
    }
  }
  overlap.relations.push_back(std::move(relation));
}

// The dimensions that two tables have in common, but for the ones of the nested categories.
std::vector<std::pair<std::size_t, std::size_t>> common(const CrowdTable& a, std::size_t but_a,
                                                        const CrowdTable& b, std::size_t but_b) {
  std::vector<std::pair<std::size_t, std::size_t>> found;
  for (std::size_t i = 0; i < a.dimensions.size(); ++i) {
    for (std::size_t j = 0; j < b.dimensions.size(); ++j) {
      if (i != but_a && j != but_b && a.dimensions[i].id == b.dimensions[j].id) {
        found.emplace_back(i, j);
      }
    }
  }
  return found;
}

std::size_t cell_at(const CrowdTable& table, const std::vector<std::size_t>& places) {
  std::size_t cell = 0;
  for (std::size_t d = 0; d < places.size(); ++d) {
    cell = cell * table.dimensions[d].places() + places[d];
  }
  return cell;
}

std::vector<std::size_t> totals(const CrowdTable& table) {
  std::vector<std::size_t> places;
  for (const Dimension& dimension : table.dimensions) {
    places.push_back(dimension.total());
  }
  return places;
}

void add_nesting(const CrowdTable& inner, const CrowdTable& outer, const PlanNesting& nesting,
                 CrowdOverlap& overlap) {
  const auto both = common(inner, nesting.inner.dimension, outer, nesting.outer.dimension);
  std::vector<std::size_t> in_inner = totals(inner);
  std::vector<std::size_t> in_outer = totals(outer);
  in_inner[nesting.inner.dimension] = nesting.inner.category;
  in_outer[nesting.outer.dimension] = nesting.outer.category;
  for (const auto& [i, j] : both) {
    in_inner[i] = in_outer[j] = 0;
  }
  while (true) {
    const Crowd& part = inner.cells[cell_at(inner, in_inner)];
    const Crowd& whole = outer.cells[cell_at(outer, in_outer)];
    // Nobody in one is no news; the same people in both are one unknown already.
    if (part.patients > 0 && part.patients < whole.patients) {
      add(overlap, whole, {&part}, less(whole, part));
    }
    std::size_t d = 0;
    while (d < both.size()) {
      const auto& [i, j] = both[d];
      in_outer[j] = ++in_inner[i];
      if (in_inner[i] < inner.dimensions[i].places()) {
        break;
      }
      in_inner[i] = in_outer[j] = 0;
      ++d;
    }
    if (d == both.size()) {
      return;
    }
  }
}

void add_rows(const CrowdTable& table, CrowdOverlap& overlap) {
  const std::size_t row = table.dimensions.back().places();
  for (std::size_t first = 0; first < table.cells.size(); first += row) {
    const Crowd& any = table.cells[first + row - 1];
    Crowd sum;
    std::vector<const Crowd*> columns;
    for (std::size_t c = 0; c + 1 < row; ++c) {
      columns.push_back(&table.cells[first + c]);
      sum.patients += columns.back()->patients;
      sum.fingerprint += columns.back()->fingerprint;
    }
    if (sum.patients == any.patients) {
      continue;  // nobody has several: no outsider knows that
    }
    // sum = any + rest
    const auto at = static_cast<std::uint32_t>(overlap.groups.size());
    Relation relation{{{at, -1}, {at + 1, -1}}};
    overlap.groups.push_back(any);
    overlap.groups.push_back(less(sum, any));
    for (const Crowd* column : columns) {
      if (column->patients > 0) {
        relation.terms.push_back({static_cast<std::uint32_t>(overlap.groups.size()), 1});
        overlap.groups.push_back(*column);
      }
    }
    overlap.relations.push_back(std::move(relation));
  }
}

}  // namespace

std::vector<CrowdOverlap> nested_groups(std::span<const CrowdTable> tables,
                                        std::span<const PlanTable> plan,
                                        std::span<const PlanNesting> nestings) {
  std::map<std::pair<std::size_t, std::size_t>, CrowdOverlap> made;
  for (const PlanNesting& nesting : nestings) {
    const std::size_t a = nesting.inner.table;
    const std::size_t b = nesting.outer.table;
    add_nesting(tables[a], tables[b], nesting, made[std::minmax(a, b)]);
  }
  for (std::size_t t = 0; t < tables.size(); ++t) {
    if (plan[t].what == StudyTable::What::each) {
      add_rows(tables[t], made[{t, t}]);
    }
  }
  std::vector<CrowdOverlap> overlaps;
  for (auto& [of, overlap] : made) {
    overlap.tables = {of.first, of.second};
    overlaps.push_back(std::move(overlap));
  }
  return overlaps;
}

}  // namespace parcours
