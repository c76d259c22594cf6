#include "past/two_studies.h"

#include <algorithm>
#include <array>
#include <map>
#include <numeric>

#include "base/check.h"
#include "crowds/margins.h"
#include "crowds/overlap_groups.h"
#include "past/two_tellings.h"
#include "study/plan.h"

namespace parcours::past {
namespace {

using Places = std::vector<std::uint32_t>;

// The dimensions of two tables that are of one trait.
struct Common {
  std::vector<std::size_t> past;
  std::vector<std::size_t> now;
};

std::vector<Common> common_traits(const ToldTable& past, const ToldTable& now) {
  std::vector<const Told*> all;
  for (const Told& told : past.dimensions) {
    all.push_back(&told);
  }
  for (const Told& told : now.dimensions) {
    all.push_back(&told);
  }
  std::vector<std::size_t> trait(all.size());
  std::iota(trait.begin(), trait.end(), 0u);
  for (std::size_t a = 0; a < all.size(); ++a) {
    for (std::size_t b = 0; b < a; ++b) {
      if (trait[a] != trait[b] && of_one_trait(*all[a], *all[b])) {
        std::ranges::replace(trait, std::size_t{trait[a]}, std::size_t{trait[b]});
      }
    }
  }
  std::map<std::size_t, Common> found;
  for (std::size_t d = 0; d < all.size(); ++d) {
    const bool of_past = d < past.dimensions.size();
    (of_past ? found[trait[d]].past : found[trait[d]].now)
        .push_back(of_past ? d : d - past.dimensions.size());
  }
  std::vector<Common> common;
  for (auto& [number, dimensions] : found) {
    if (!dimensions.past.empty() && !dimensions.now.empty()) {
      common.push_back(std::move(dimensions));
    }
  }
  return common;
}

bool in_some_table(const PlacePair& pair) {
  return pair.past != study::no_cell || pair.now != study::no_cell;
}

// Whether somebody stands in both, in the one before alone, in the other alone.
std::array<bool, 3> who_is_there(const PlacePairs& places) {
  std::array<bool, 3> there{};
  for (const PlacePair& pair : places.pairs) {
    if (in_some_table(pair)) {
      there[pair.past == study::no_cell ? 2u : pair.now == study::no_cell ? 1u : 0u] = true;
    }
  }
  return there;
}

// Parts: in both, in the one before alone, in the other alone. The one side adds up to who stood in
// the one before, the other to who stands in the other.
TwoTellings::Telling by_standing(const TwoTellings& standing, const std::array<bool, 3>& there,
                                 std::size_t side) {
  TwoTellings::Telling made{Places(4, study::no_cell), 0, {}};
  std::array<Places, 2> sets;  // in the side's table, and not in it
  for (std::size_t kind = 0; kind < there.size(); ++kind) {
    if (there[kind]) {
      made.part[standing.kind(kind == 2 ? study::no_cell : 0u, kind == 1 ? study::no_cell : 0u)] =
          made.parts;
      sets[kind == (side == 0 ? 2u : 1u) ? 1 : 0].push_back(made.parts++);
    }
  }
  for (Places& set : sets) {
    if (!set.empty()) {
      made.sets.push_back(std::move(set));
    }
  }
  return made;
}

// Everybody is of one kind: who stands in the one table, in the other, or in both.
TwoTellings standing_of(const std::array<bool, 3>& there) {
  TwoTellings standing(1, 1);
  for (std::size_t kind = 0; kind < there.size(); ++kind) {
    if (there[kind]) {
      standing.meet(kind == 2 ? study::no_cell : 0u, kind == 1 ? study::no_cell : 0u);
    }
  }
  return standing;
}

void add_standing(RolledStudy& study, const Everybody& everybody) {
  for (std::size_t table = 0; table < study.dimensions.size(); ++table) {
    const auto places = static_cast<std::uint32_t>(crowds::inner_cells(study.rows(table)));
    study.standing.push_back(standing_in(study.roll, table, places, everybody));
  }
}

// Whom the one before alone has, and another practice held than the register says.
std::vector<HeldElsewhere> held_elsewhere(const PastRoll& past, const PastRoll& now,
                                          const Everybody& everybody) {
  std::vector<HeldElsewhere> made;
  for (const PastRoll::Elsewhere& one : past.elsewhere) {
    const std::uint32_t number = past.people[one.patient];
    if (!std::ranges::binary_search(now.people, number)) {
      made.push_back({everybody.turn(number), one.practice});
    }
  }
  std::ranges::sort(made, {}, &HeldElsewhere::turn);
  return made;
}

std::vector<crowds::Crowd> crowds_of(const crowds::Counters& counters) {
  std::vector<crowds::Crowd> crowds;
  for (std::size_t cell = 0; cell < counters.cells(); ++cell) {
    crowds.push_back(counters.crowd(cell));
  }
  return crowds;
}

// Whether somebody may stand in several cells of a table, or has a value beside the cell.
bool tells_more_than_places(const RolledStudy& study) {
  return std::ranges::any_of(study.told.tables, [](const ToldTable& table) {
    return table.what != study::StudyTable::What::of;
  });
}

}  // namespace

RolledStudy rolled(const PastRelease& release, const Everybody& everybody) {
  RolledStudy made{release.told, release.roll, {}, {}};
  for (const tables::Table& table : release.tables) {
    made.dimensions.emplace_back(table.dimensions);
  }
  add_standing(made, everybody);
  return made;
}

RolledStudy rolled(const ToldStudy& told, const PastRoll& roll, const crowds::Counted& counted,
                   const Everybody& everybody) {
  PARCOURS_CHECK(told.tables.size() == counted.tables.size() &&
                 roll.tables.size() == counted.tables.size());
  RolledStudy made{told, roll, {}, {}};
  for (const crowds::CrowdTable& table : counted.tables) {
    made.dimensions.emplace_back(table.dimensions);
  }
  add_standing(made, everybody);
  return made;
}

void drop_empty(crowds::CrowdOverlap& overlap) {
  Places numbers;
  crowds::CrowdOverlap made{.of = std::move(overlap.of),
                            .differences = overlap.differences,
                            .peopled = overlap.peopled,
                            .groups = {},
                            .relations = {}};
  made.mean_of = std::move(overlap.mean_of);
  for (std::size_t g = 0; g < overlap.groups.size(); ++g) {
    const bool empty = overlap.groups[g].patients == 0;
    numbers.push_back(empty ? tables::no_number : static_cast<std::uint32_t>(made.groups.size()));
    if (empty) {
      continue;
    }
    made.groups.push_back(overlap.groups[g]);
    made.known.push_back(overlap.knows(g));
    made.known_means.push_back(overlap.knows_mean(g));
  }
  made.relations = tables::in_numbers(std::move(overlap.relations), numbers);
  overlap = std::move(made);
}

TwoStudies::TwoStudies(const RolledStudy& past, const RolledStudy& now, const Everybody& everybody,
                       std::uint32_t practices_exact)
    : past_(past),
      now_(now),
      everybody_(everybody),
      practices_exact_(practices_exact),
      elsewhere_(held_elsewhere(past.roll, now.roll, everybody)) {
  if (tells_more_than_places(past) || tells_more_than_places(now)) {
    people_ = side_by_side(past.roll.people, now.roll.people);
  }
}

// All who have a pair of places are counted in the cell that cell_of(pair) gives, if it gives one.
template <class CellOf>
Result<crowds::Counters> TwoStudies::merged(std::size_t cells, const PlacePairs& places,
                                            CellOf cell_of) const {
  ASSIGN_OR_RETURN(crowds::Counters counters, crowds::Counters::make(cells, practices_exact_));
  for (std::size_t i = 0; i < places.size(); ++i) {
    if (const std::uint32_t cell = cell_of(places.pairs[i]); cell != study::no_cell) {
      counters.merge(cell, places.people, i);
    }
  }
  return counters;
}

Result<PlacePairs> TwoStudies::places(std::size_t p, std::size_t n) const {
  return place_pairs(past_.standing[p], now_.standing[n], everybody_, elsewhere_, practices_exact_);
}

Result<crowds::CrowdOverlap> TwoStudies::populations(const PlacePairs& places) const {
  ASSIGN_OR_RETURN(crowds::Counters counters,
                   merged(after + 1, places, [](const PlacePair& pair) -> std::uint32_t {
                     return !pair.in_past ? came : !pair.in_now ? left : both;
                   }));
  counters.merge(before, counters, both);
  counters.merge(before, counters, left);
  counters.merge(after, counters, both);
  counters.merge(after, counters, came);
  crowds::CrowdOverlap made;
  made.groups = crowds_of(counters);
  made.relations = {{{{before, 1}, {both, -1}, {left, -1}}},
                    {{{after, 1}, {both, -1}, {came, -1}}}};
  return made;
}

Result<std::vector<crowds::Crowd>> TwoStudies::cells_of_past(std::size_t table,
                                                             const PlacePairs& places) const {
  return cells_of(past_, true, table, places);
}

Result<std::vector<crowds::Crowd>> TwoStudies::cells_of_now(std::size_t table,
                                                            const PlacePairs& places) const {
  return cells_of(now_, false, table, places);
}

// Somebody stands in several columns of `each`: everybody is looked at.
Result<crowds::Counters> TwoStudies::cells_of_each(const RolledStudy& study,
                                                   std::size_t table) const {
  const std::span<const tables::Dimension> dimensions = study.dimensions[table];
  ASSIGN_OR_RETURN(crowds::Counters counters,
                   crowds::Counters::make(crowds::counted_cells(dimensions), practices_exact_));
  const crowds::Roll::OfTable& stand = study.roll.tables[table];
  const auto columns = static_cast<std::uint32_t>(dimensions.back().places());
  for (std::size_t i = 0; i < study.roll.patients(); ++i) {
    if (stand.places[i] == study::no_cell || stand.columns_of(i).empty()) {
      continue;
    }
    const std::uint32_t turn = everybody_.turn(study.roll.people[i]);
    const auto held = std::ranges::lower_bound(elsewhere_, turn, {}, &HeldElsewhere::turn);
    const bool of_other = held != elsewhere_.end() && held->turn == turn;
    const std::uint32_t key = (of_other ? held->practice : everybody_.practices()[turn]) + 1;
    const std::size_t first = std::size_t{stand.places[i]} * columns;
    for (const std::uint32_t column : stand.columns_of(i)) {
      counters.add(first + column, everybody_.hashes()[turn], key, 1);
    }
    counters.add(first + columns - 1, everybody_.hashes()[turn], key, 1);
  }
  return counters;
}

Result<std::vector<crowds::Crowd>> TwoStudies::cells_of(const RolledStudy& study, bool of_past,
                                                        std::size_t table,
                                                        const PlacePairs& places) const {
  const std::span<const tables::Dimension> dimensions = study.dimensions[table];
  const auto inner = [&] {
    return study.each(table)
               ? cells_of_each(study, table)
               : merged(crowds::counted_cells(dimensions), places,
                        [&](const PlacePair& pair) { return of_past ? pair.past : pair.now; });
  };
  ASSIGN_OR_RETURN(const crowds::Counters counters, inner());
  ASSIGN_OR_RETURN(const crowds::Counters all, crowds::with_margins(counters, 0, dimensions));
  return crowds_of(all);
}

Result<std::vector<crowds::Crowd>> TwoStudies::alone_by_rows(bool of_past, std::size_t table,
                                                             const PlacePairs& places) const {
  const std::span<const tables::Dimension> rows = (of_past ? past_ : now_).rows(table);
  ASSIGN_OR_RETURN(const crowds::Counters inner,
                   merged(crowds::counted_cells(rows), places, [&](const PlacePair& pair) {
                     const bool alone = pair.in_past != pair.in_now && pair.in_past == of_past;
                     return !alone ? study::no_cell : of_past ? pair.past : pair.now;
                   }));
  ASSIGN_OR_RETURN(const crowds::Counters all, crowds::with_margins(inner, 0, rows));
  return crowds_of(all);
}

// A trait that both tables have.
struct TwoStudies::Trait {
  Projection past;
  Projection now;
  TwoTellings tellings;

  std::size_t kind(std::uint32_t past_place, std::uint32_t now_place) const {
    return tellings.kind(past.of(past_place), now.of(now_place));
  }
};

// False where one trait alone has too many kinds.
bool TwoStudies::find_traits(std::size_t p, std::size_t n, const PlacePairs& places,
                             std::vector<Trait>& traits) const {
  for (const Common& common : common_traits(past_.told.tables[p], now_.told.tables[n])) {
    Projection of_past(past_.rows(p), common.past);
    Projection of_now(now_.rows(n), common.now);
    if ((std::uint64_t{of_past.values()} + 1) * (std::uint64_t{of_now.values()} + 1) >
        most_together) {
      return false;
    }
    const TwoTellings tellings(of_past.values(), of_now.values());
    traits.push_back({std::move(of_past), std::move(of_now), tellings});
  }
  for (const PlacePair& pair : places.pairs) {
    if (in_some_table(pair)) {
      for (Trait& trait : traits) {
        trait.tellings.meet(trait.past.of(pair.past), trait.now.of(pair.now));
      }
    }
  }
  return true;
}

Result<TwoStudies::Apart> TwoStudies::apart(std::size_t p, std::size_t n,
                                            const PlacePairs& places) const {
  std::vector<Trait> traits;
  if (!find_traits(p, n, places, traits)) {
    return Apart{.too_many = true, .overlaps = {}};
  }
  // Who stands in the one, the other or both is a trait as well, unless all stand in both.
  const std::array<bool, 3> there = who_is_there(places);
  const bool all_in_both = there[0] && !there[1] && !there[2];
  const TwoTellings standing = standing_of(there);
  std::array<std::vector<TwoTellings::Telling>, 2> by_side;
  for (const Trait& trait : traits) {
    std::array<TwoTellings::Telling, 2> sides = trait.tellings.sides();
    by_side[0].push_back(std::move(sides[0]));
    by_side[1].push_back(std::move(sides[1]));
  }
  Apart made;
  for (std::size_t side = 0; side < by_side.size(); ++side) {
    std::vector<TwoTellings::Telling>& tellings = by_side[side];
    const bool news = !all_in_both || std::ranges::any_of(tellings, [](const auto& telling) {
      return !telling.sets.empty();
    });
    if (!news) {
      continue;
    }
    if (!all_in_both) {
      tellings.push_back(by_standing(standing, there, side));
    }
    study::PlanOverlap plan;
    std::uint64_t cells = 1;
    for (const TwoTellings::Telling& telling : tellings) {
      plan.traits.push_back({telling.parts, static_cast<std::uint32_t>(cells), telling.sets});
      cells *= telling.parts;
      if (cells > most_together) {
        return Apart{.too_many = true, .overlaps = {}};
      }
    }
    plan.cells = static_cast<std::uint32_t>(cells);
    const auto stands = [](std::uint32_t place) {
      return place == study::no_cell ? study::no_cell : 0u;
    };
    ASSIGN_OR_RETURN(
        const crowds::Counters counters, merged(cells, places, [&](const PlacePair& pair) {
          if (!in_some_table(pair)) {
            return study::no_cell;
          }
          std::uint32_t cell = 0;
          for (std::size_t t = 0; t < tellings.size(); ++t) {
            const std::size_t kind = t < traits.size()
                                         ? traits[t].kind(pair.past, pair.now)
                                         : standing.kind(stands(pair.past), stands(pair.now));
            cell += tellings[t].part[kind] * plan.traits[t].stride;
          }
          return cell;
        }));
    ASSIGN_OR_RETURN(crowds::CrowdOverlap overlap, crowds::overlap_groups(counters, 0, plan));
    overlap.present.clear();
    made.overlaps.push_back(std::move(overlap));
  }
  return made;
}

}  // namespace parcours::past
