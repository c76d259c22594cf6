#include "crowds/nested_groups.h"

#include <algorithm>
#include <iterator>
#include <limits>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <unordered_map>
#include <utility>

namespace parcours::crowds {
namespace {

Crowd less(const Crowd& outer, const Crowd& inner) {
  return {.patients = outer.patients - inner.patients,
          .practices = std::numeric_limits<std::uint32_t>::max(),
          .largest_practice = 0,
          .fingerprint = outer.fingerprint - inner.fingerprint,
          .value = {},
          .only_practice = outer.only_practice};
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
  for (const tables::Dimension& dimension : table.dimensions) {
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

using PairsOfDimensions = std::vector<std::pair<std::size_t, std::size_t>>;

// Calls visit() for every combination of places in the dimensions that two tables have in common,
// put into `in_a` and `in_b`.
template <class Visit>
void each_common_place(const CrowdTable& a, const PairsOfDimensions& both,
                       std::vector<std::size_t>& in_a, std::vector<std::size_t>& in_b,
                       const Visit& visit) {
  for (const auto& [i, j] : both) {
    in_a[i] = in_b[j] = 0;
  }
  while (true) {
    visit();
    std::size_t d = 0;
    while (d < both.size()) {
      const auto& [i, j] = both[d];
      in_b[j] = ++in_a[i];
      if (in_a[i] < a.dimensions[i].places()) {
        break;
      }
      in_a[i] = in_b[j] = 0;
      ++d;
    }
    if (d == both.size()) {
      return;
    }
  }
}

void add_nesting(const CrowdTable& inner, const CrowdTable& outer,
                 const study::PlanNesting& nesting, std::uint32_t few, CrowdOverlap& overlap) {
  std::vector<std::size_t> in_inner = totals(inner);
  std::vector<std::size_t> in_outer = totals(outer);
  in_inner[nesting.inner.dimension] = nesting.inner.category;
  in_outer[nesting.outer.dimension] = nesting.outer.category;
  const auto both = common(inner, nesting.inner.dimension, outer, nesting.outer.dimension);
  each_common_place(inner, both, in_inner, in_outer, [&] {
    const Crowd& part = inner.cells[cell_at(inner, in_inner)];
    const Crowd& whole = outer.cells[cell_at(outer, in_outer)];
    if (tells_few(whole, part, few)) {
      add_nested(overlap, whole, part);
    }
  });
}

// Published zeros say that all people of some categories of one variable have one category of
// another: no man has this diagnosis.
struct SaidByZeros {
  std::string inner;  // a variable
  std::vector<std::size_t> categories;
  std::string outer;
  std::size_t category;
};

bool is_leaf(const tables::Dimension& dimension, std::size_t category) {
  return std::ranges::find(dimension.parents, category) == dimension.parents.end();
}

void add_said_by_zeros(const CrowdTable& table, std::vector<SaidByZeros>& said) {
  const auto at = [&](std::size_t d, std::size_t place, std::size_t e, std::size_t other) {
    std::vector<std::size_t> places = totals(table);
    places[d] = place;
    places[e] = other;
    return table.cells[cell_at(table, places)];
  };
  for (std::size_t inner = 0; inner < table.dimensions.size(); ++inner) {
    for (std::size_t outer = 0; outer < table.dimensions.size(); ++outer) {
      const tables::Dimension& in = table.dimensions[inner];
      const tables::Dimension& out = table.dimensions[outer];
      for (std::size_t place = 0; outer != inner && place < out.total(); ++place) {
        const Crowd& whole = at(outer, place, inner, in.total());
        SaidByZeros found{in.id, {}, out.id, place};
        for (std::size_t category = 0; category < in.total(); ++category) {
          const Crowd& part = at(inner, category, outer, out.total());
          if (is_leaf(in, category) && part.patients > 0 &&
              part.fingerprint == at(inner, category, outer, place).fingerprint) {
            found.categories.push_back(category);
          }
        }
        // Where everyone has the category, it says nothing.
        if (!found.categories.empty() && whole.fingerprint != table.cells.back().fingerprint) {
          said.push_back(std::move(found));
        }
      }
    }
  }
}

std::optional<std::size_t> dimension_of(const CrowdTable& table, const std::string& variable) {
  const auto at = std::ranges::find(table.dimensions, variable, &tables::Dimension::id);
  return at == table.dimensions.end()
             ? std::nullopt
             : std::optional(static_cast<std::size_t>(at - table.dimensions.begin()));
}

// In a table that has the inner variable and one that has the outer one: at each place that both
// have, the categories lie in the wider one.
void add_told_by_zeros(const CrowdTable& inner, const CrowdTable& outer, const SaidByZeros& said,
                       std::uint32_t few, CrowdOverlap& differences, CrowdOverlap& sums) {
  const auto of_inner = dimension_of(inner, said.inner);
  const auto of_outer = dimension_of(outer, said.outer);
  if (!of_inner || !of_outer || dimension_of(inner, said.outer) ||
      dimension_of(outer, said.inner)) {
    return;
  }
  const auto both = common(inner, *of_inner, outer, *of_outer);
  if (both.empty()) {
    return;  // the table with the zeros says it
  }
  std::vector<std::size_t> in_inner = totals(inner);
  std::vector<std::size_t> in_outer = totals(outer);
  in_outer[*of_outer] = said.category;
  each_common_place(inner, both, in_inner, in_outer, [&] {
    const Crowd& whole = outer.cells[cell_at(outer, in_outer)];
    Crowd sum;
    std::vector<Crowd> parts;
    for (const std::size_t category : said.categories) {
      in_inner[*of_inner] = category;
      const Crowd& part = inner.cells[cell_at(inner, in_inner)];
      if (part.patients == 0) {
        continue;
      }
      parts.push_back(part);
      sum.patients += part.patients;
      sum.fingerprint += part.fingerprint;
      if (tells_few(whole, part, few)) {
        add_nested(differences, whole, part);
      }
    }
    if (parts.empty() || (parts.size() == 1 && sum.patients == whole.patients)) {
      return;
    }
    auto next = static_cast<std::uint32_t>(sums.groups.size());
    tables::Relation relation{{{next++, 1}}};
    sums.groups.push_back(whole);
    if (sum.patients < whole.patients) {
      parts.push_back(less(whole, sum));
    }
    for (const Crowd& part : parts) {
      sums.groups.push_back(part);
      relation.terms.push_back({next++, -1});
    }
    sums.relations.push_back(std::move(relation));
  });
}

// What published zeros of one table add to what two others tell.
std::vector<CrowdOverlap> told_by_zeros(const Counted& counted, const study::Plan& plan,
                                        std::uint32_t few) {
  std::vector<std::size_t> tables;
  std::vector<SaidByZeros> said;
  for (std::size_t t = 0; t < counted.tables.size(); ++t) {
    if (plan.tables()[t].what == study::StudyTable::What::of) {
      tables.push_back(t);
      add_said_by_zeros(counted.tables[t], said);
    }
  }
  std::vector<CrowdOverlap> made;
  for (const std::size_t inner : tables) {
    for (const std::size_t outer : tables) {
      CrowdOverlap differences{.of = {{inner, outer}}, .differences = true};
      CrowdOverlap sums{.of = {{inner, outer}}};
      for (const SaidByZeros& one : said) {
        if (inner != outer) {
          add_told_by_zeros(counted.tables[inner], counted.tables[outer], one, few, differences,
                            sums);
        }
      }
      for (CrowdOverlap* overlap : {&differences, &sums}) {
        if (!overlap->groups.empty()) {
          made.push_back(std::move(*overlap));
        }
      }
    }
  }
  return made;
}

// Whether all who have several codes stand in the same columns: then the rest of the row is a
// multiple of a cell, and says of them what the cell says. (One patient who has all three codes
// stands in each column, and twice in the rest.)
bool several_are_one_cell(std::span<const Crowd> columns, const Crowd& any) {
  std::map<Uint128, std::int64_t> rest;  // by people: in how many columns more they stand
  --rest[any.fingerprint];
  for (const Crowd& column : columns) {
    rest[column.fingerprint] += column.patients > 0 ? 1 : 0;
  }
  return std::ranges::count_if(rest, [](const auto& people) { return people.second != 0; }) == 1;
}

// Of one row, those who have any code but not this one, and those of the row who have none of them:
// where they are few.
void add_others(std::span<const Crowd> columns, const Crowd& everyone, std::uint32_t few,
                CrowdOverlap& overlap) {
  for (const Crowd& column : columns) {
    for (const Crowd* outer : {&columns.back(), &everyone}) {
      if (column.patients >= few && outer->patients > column.patients &&
          outer->patients < column.patients + few) {
        add_nested(overlap, *outer, column);
      }
    }
  }
}

void add_rows(const CrowdTable& table, std::uint32_t few, CrowdOverlap& overlap) {
  const std::size_t row = table.dimensions.back().places();
  for (std::size_t first = 0; first < table.cells.size(); first += row) {
    const std::span<const Crowd> columns = std::span(table.cells).subspan(first, row - 1);
    const Crowd& any = table.cells[first + row - 1];
    add_others(std::span(table.cells).subspan(first, row),
               table.groups.empty() ? Crowd{} : table.groups[first / row], few, overlap);
    Crowd sum;
    sum.only_practice = any.only_practice;
    for (const Crowd& column : columns) {
      sum.patients += column.patients;
      sum.fingerprint += column.fingerprint;
    }
    if (sum.patients == any.patients) {
      continue;  // nobody has several: no outsider knows that
    }
    if (several_are_one_cell(columns, any)) {
      continue;
    }
    auto next = static_cast<std::uint32_t>(overlap.groups.size());
    tables::Relation relation;  // the columns are any and the rest
    const auto take = [&](const Crowd& crowd, std::int32_t coefficient) {
      overlap.groups.push_back(crowd);
      relation.terms.push_back({next++, coefficient});
    };
    take(any, -1);
    take(less(sum, any), -1);
    for (const Crowd& column : columns) {
      if (column.patients > 0) {
        take(column, 1);
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

// By place of the outer table: the places of the inner one that lie in it.
using Contained = std::vector<std::vector<std::size_t>>;

Contained contained_in(const study::PlanContaining::Trait& trait,
                       const std::vector<CrowdOverlap>& overlaps) {
  const auto somebody = [&](std::size_t part) {
    return !trait.counted_by ||
           overlaps[trait.counted_by->first].present[trait.counted_by->second][part];
  };
  Contained made;
  for (const std::vector<bool>& outer : trait.outer_parts) {
    std::vector<std::size_t>& places = made.emplace_back();
    for (std::size_t place = 0; place < trait.inner_parts.size(); ++place) {
      const std::vector<bool>& inner = trait.inner_parts[place];
      bool contains = true;
      for (std::size_t part = 0; contains && part < inner.size(); ++part) {
        contains = outer[part] || !inner[part] || !somebody(part);
      }
      if (contains) {
        places.push_back(place);
      }
    }
  }
  return made;
}

// Cells of the one table within cells of the other that have a few people more. The inner cells lie
// by their places in the traits that both tables have, so that only those within are looked at.
class Within {
 public:
  Within(const CrowdTable& outer, const CrowdTable& inner, const study::PlanContaining& plan,
         const std::vector<CrowdOverlap>& overlaps, std::uint32_t few)
      : few_(few), outer_(outer), inner_(inner), plan_(plan) {
    for (const study::PlanContaining::Trait& trait : plan.traits) {
      contained_.push_back(contained_in(trait, overlaps));
    }
    for (std::size_t cell = 0; cell < inner.cells.size(); ++cell) {
      if (patients(cell) >= few) {
        std::uint64_t key = 0;
        for (const study::PlanContaining::Trait& trait : plan.traits) {
          key = key * trait.inner_parts.size() + place_in(inner, cell, trait.inner_dimensions);
        }
        by_places_[key].push_back(cell);
      }
    }
    for (auto& [key, cells] : by_places_) {
      std::ranges::stable_sort(cells, {}, [&](std::size_t cell) { return patients(cell); });
    }
  }

  void add_to(CrowdOverlap& overlap) const {
    const std::size_t totals = places_in(outer_, plan_.outer_alone) - 1;
    for (std::size_t cell = 0; cell < outer_.cells.size(); ++cell) {
      if (outer_.cells[cell].patients > few_ &&
          place_in(outer_, cell, plan_.outer_alone) == totals) {
        add_within(cell, 0, 0, overlap);
      }
    }
  }

 private:
  std::uint32_t patients(std::size_t inner) const { return inner_.cells[inner].patients; }

  // Of the outer cell, the inner ones at every place within it, trait by trait.
  void add_within(std::size_t outer, std::size_t trait, std::uint64_t key,
                  CrowdOverlap& overlap) const {
    if (trait < plan_.traits.size()) {
      const study::PlanContaining::Trait& by = plan_.traits[trait];
      const std::size_t place = place_in(outer_, outer, by.outer_dimensions);
      for (const std::size_t within : contained_[trait][place]) {
        add_within(outer, trait + 1, key * by.inner_parts.size() + within, overlap);
      }
      return;
    }
    const auto found = by_places_.find(key);
    if (found == by_places_.end()) {
      return;
    }
    const Crowd& all = outer_.cells[outer];
    auto at = std::ranges::upper_bound(found->second, all.patients - few_, {},
                                       [&](std::size_t inner) { return patients(inner); });
    for (; at != found->second.end() && patients(*at) < all.patients; ++at) {
      add_nested(overlap, all, inner_.cells[*at]);
    }
  }

  const std::uint32_t few_;
  const CrowdTable& outer_;
  const CrowdTable& inner_;
  const study::PlanContaining& plan_;
  std::vector<Contained> contained_;  // by trait
  // Cells of enough people, ascending by size; by their places in the traits of both.
  std::unordered_map<std::uint64_t, std::vector<std::size_t>> by_places_;
};

}  // namespace

void add_nested(CrowdOverlap& overlap, const Crowd& outer, const Crowd& inner) {
  const auto first = static_cast<std::uint32_t>(overlap.groups.size());
  overlap.relations.push_back({{{first, 1}, {first + 1, -1}, {first + 2, -1}}});
  overlap.groups.insert(overlap.groups.end(), {outer, inner, less(outer, inner)});
}

std::vector<CrowdOverlap> nested_groups(const Counted& counted, const study::Plan& plan,
                                        std::uint32_t few) {
  const std::vector<CrowdTable>& tables = counted.tables;
  std::map<std::pair<std::size_t, std::size_t>, CrowdOverlap> made;
  for (const study::PlanNesting& nesting : plan.nestings()) {
    const std::size_t a = nesting.inner.table;
    const std::size_t b = nesting.outer.table;
    add_nesting(tables[a], tables[b], nesting, few, made[std::minmax(a, b)]);
  }
  for (const study::PlanContaining& containing : plan.containings()) {
    const std::size_t a = containing.inner;
    const std::size_t b = containing.outer;
    Within(tables[b], tables[a], containing, counted.overlaps, few).add_to(made[std::minmax(a, b)]);
  }
  for (std::size_t t = 0; t < tables.size(); ++t) {
    if (plan.tables()[t].what == study::StudyTable::What::each) {
      add_rows(tables[t], few, made[{t, t}]);
    }
  }
  std::vector<CrowdOverlap> overlaps;
  for (auto& [of, overlap] : made) {
    overlap.of = {{of.first, of.second}};
    overlap.differences = true;
    overlaps.push_back(std::move(overlap));
  }
  std::ranges::move(told_by_zeros(counted, plan, few), std::back_inserter(overlaps));
  return overlaps;
}

}  // namespace parcours::crowds
