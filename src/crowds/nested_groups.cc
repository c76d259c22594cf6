#include "crowds/nested_groups.h"

#include <algorithm>
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

// Whether the few whom only the wider crowd counts are told by subtracting: of a crowd that is
// hidden for itself, nothing can be subtracted that its own width does not cover.
bool tells_few(const Crowd& outer, const Crowd& inner, std::uint32_t few) {
  return inner.patients >= few && inner.patients < outer.patients &&
         outer.patients - inner.patients < few;
}

void add_nesting(const CrowdTable& inner, const CrowdTable& outer, const PlanNesting& nesting,
                 std::uint32_t few, CrowdOverlap& overlap) {
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
    if (tells_few(whole, part, few)) {
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

// Where a cell stands in some of its dimensions, as one number.
std::size_t place_in(const CrowdTable& table, std::size_t cell,
                     const std::vector<std::size_t>& dimensions) {
  std::vector<std::size_t> places(table.dimensions.size());
  for (std::size_t d = places.size(); d-- > 0;) {
    places[d] = cell % table.dimensions[d].places();
    cell /= table.dimensions[d].places();
  }
  std::size_t place = 0;
  for (const std::size_t d : dimensions) {
    place = place * table.dimensions[d].places() + places[d];
  }
  return place;
}

std::size_t places_in(const CrowdTable& table, const std::vector<std::size_t>& dimensions) {
  std::size_t places = 1;
  for (const std::size_t d : dimensions) {
    places *= table.dimensions[d].places();
  }
  return places;
}

// By place of the outer table and of the inner one: whether the one contains the other.
using Containing = std::vector<std::vector<bool>>;

Containing containing(const PlanContaining::Trait& trait,
                      const std::vector<CrowdOverlap>& overlaps) {
  const auto somebody = [&](std::size_t part) {
    return !trait.counted_by ||
           overlaps[trait.counted_by->first].present[trait.counted_by->second][part];
  };
  Containing made;
  for (const std::vector<bool>& outer : trait.outer_parts) {
    std::vector<bool>& row = made.emplace_back();
    for (const std::vector<bool>& inner : trait.inner_parts) {
      bool contains = true;
      for (std::size_t part = 0; contains && part < inner.size(); ++part) {
        contains = outer[part] || !inner[part] || !somebody(part);
      }
      row.push_back(contains);
    }
  }
  return made;
}

// Cells of the one table within cells of the other that have a few people more.
class Within {
 public:
  Within(const CrowdTable& outer, const CrowdTable& inner, const PlanContaining& plan,
         const std::vector<CrowdOverlap>& overlaps, std::uint32_t few)
      : few_(few), outer_(outer), inner_(inner), plan_(plan) {
    for (std::size_t cell = 0; cell < inner.cells.size(); ++cell) {
      if (inner.cells[cell].patients >= few) {
        by_size_.push_back(cell);
      }
    }
    std::ranges::stable_sort(by_size_, {}, [&](std::size_t cell) { return patients(cell); });
    for (const PlanContaining::Trait& trait : plan.traits) {
      std::vector<std::size_t>& places = inner_places_.emplace_back();
      for (std::size_t cell = 0; cell < inner.cells.size(); ++cell) {
        places.push_back(place_in(inner, cell, trait.inner_dimensions));
      }
      contains_.push_back(containing(trait, overlaps));
    }
  }

  void add_to(CrowdOverlap& overlap) const {
    const std::size_t totals = places_in(outer_, plan_.outer_alone) - 1;
    for (std::size_t cell = 0; cell < outer_.cells.size(); ++cell) {
      const std::uint32_t all = outer_.cells[cell].patients;
      if (all <= few_ || place_in(outer_, cell, plan_.outer_alone) != totals) {
        continue;
      }
      auto at = std::ranges::upper_bound(by_size_, all - few_, {},
                                         [&](std::size_t inner) { return patients(inner); });
      for (; at != by_size_.end() && patients(*at) < all; ++at) {
        if (contains(cell, *at)) {
          add(overlap, outer_.cells[cell], {&inner_.cells[*at]},
              less(outer_.cells[cell], inner_.cells[*at]));
        }
      }
    }
  }

 private:
  std::uint32_t patients(std::size_t inner) const { return inner_.cells[inner].patients; }

  bool contains(std::size_t outer, std::size_t inner) const {
    for (std::size_t t = 0; t < plan_.traits.size(); ++t) {
      const PlanContaining::Trait& trait = plan_.traits[t];
      const std::size_t place = place_in(outer_, outer, trait.outer_dimensions);
      if (!contains_[t][place][inner_places_[t][inner]]) {
        return false;
      }
    }
    return true;
  }

  const std::uint32_t few_;
  const CrowdTable& outer_;
  const CrowdTable& inner_;
  const PlanContaining& plan_;
  std::vector<std::size_t> by_size_;                    // cells of enough people, ascending
  std::vector<std::vector<std::size_t>> inner_places_;  // by trait, by cell
  std::vector<Containing> contains_;                    // by trait
};

}  // namespace

std::vector<CrowdOverlap> nested_groups(const Counted& counted, const Plan& plan,
                                        std::uint32_t few) {
  const std::vector<CrowdTable>& tables = counted.tables;
  std::map<std::pair<std::size_t, std::size_t>, CrowdOverlap> made;
  for (const PlanNesting& nesting : plan.nestings()) {
    const std::size_t a = nesting.inner.table;
    const std::size_t b = nesting.outer.table;
    add_nesting(tables[a], tables[b], nesting, few, made[std::minmax(a, b)]);
  }
  for (const PlanContaining& containing : plan.containings()) {
    const std::size_t a = containing.inner;
    const std::size_t b = containing.outer;
    Within(tables[b], tables[a], containing, counted.overlaps, few).add_to(made[std::minmax(a, b)]);
  }
  for (std::size_t t = 0; t < tables.size(); ++t) {
    if (plan.tables()[t].what == StudyTable::What::each) {
      add_rows(tables[t], made[{t, t}]);
    }
  }
  std::vector<CrowdOverlap> overlaps;
  for (auto& [of, overlap] : made) {
    overlap.tables = {of.first, of.second};
    overlap.differences = true;
    overlaps.push_back(std::move(overlap));
  }
  return overlaps;
}

}  // namespace parcours
