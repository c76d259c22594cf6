#include "past/together.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <numeric>

#include "base/check.h"
#include "crowds/counters.h"
#include "crowds/margins.h"
#include "crowds/overlap_groups.h"
#include "past/moved.h"
#include "past/tied_means.h"
#include "past/two_rolls.h"
#include "past/within.h"
#include "study/plan.h"

namespace parcours {
namespace {

constexpr std::uint32_t none = no_cell;

using Places = std::vector<std::uint32_t>;
using Person = InTwoRolls;

// What the place in a table is in some of its dimensions, as one number; the last is fastest.
class Projection {
 public:
  Projection(std::span<const Dimension> all, const std::vector<std::size_t>& some) {
    std::size_t places = 1;
    for (const Dimension& dimension : all) {
      places *= dimension.categories.size();
    }
    for (const std::size_t d : some) {
      values_ *= static_cast<std::uint32_t>(all[d].categories.size());
    }
    Places categories;
    for (std::uint32_t place = 0; place < places; ++place) {
      categories_at(all, place, categories);
      std::uint32_t value = 0;
      for (const std::size_t d : some) {
        value = value * static_cast<std::uint32_t>(all[d].categories.size()) + categories[d];
      }
      of_place_.push_back(value);
    }
  }

  std::uint32_t values() const { return values_; }
  std::uint32_t of(std::uint32_t place) const { return place == none ? none : of_place_[place]; }

 private:
  std::uint32_t values_ = 1;
  Places of_place_;
};

// One trait as two tables tell it apart. A kind is a value of the one or none, and a value of the
// other or none.
class TwoTellings {
 public:
  TwoTellings(std::uint32_t past_values, std::uint32_t now_values)
      : past_(past_values), now_(now_values), met_(std::size_t{past_ + 1} * (now_ + 1), false) {}

  void meet(std::uint32_t past, std::uint32_t now) { met_[kind(past, now)] = true; }
  std::size_t kind(std::uint32_t past, std::uint32_t now) const {
    return std::size_t{past == none ? past_ : past} * (now_ + 1) + (now == none ? now_ : now);
  }

  // By kind: what it is as the one, the other, or both tell it; `none` of kinds that nobody is of.
  struct Telling {
    Places part;
    std::uint32_t parts = 0;
    std::vector<Places> sets;
  };

  // As each of the two tells the people of both apart (study/overlaps.h, what it calls a side).
  std::array<Telling, 2> sides() const {
    const Places by_past = classes([&](std::size_t kind) { return class_by_past(kind); });
    const Places by_now = classes([&](std::size_t kind) { return class_by_now(kind); });
    const bool past_is_finer = determines(true);
    const bool now_is_finer = determines(false);
    if (past_is_finer && now_is_finer) {
      return {telling(by_past, {}), telling(by_past, {})};
    }
    if (past_is_finer) {
      return {telling(by_past, by_now), telling(by_now, {})};
    }
    if (now_is_finer) {
      return {telling(by_past, {}), telling(by_now, by_past)};
    }
    const Places both = classes([](std::size_t kind) { return kind; });
    return {telling(both, by_past), telling(both, by_now)};
  }

 private:
  std::uint32_t past_of(std::size_t kind) const {
    const auto value = static_cast<std::uint32_t>(kind / (now_ + 1));
    return value == past_ ? none : value;
  }
  std::uint32_t now_of(std::size_t kind) const {
    const auto value = static_cast<std::uint32_t>(kind % (now_ + 1));
    return value == now_ ? none : value;
  }

  // The only value of the other table that goes with this one, `none` where there is not one alone.
  std::uint32_t goes_with(bool of_past, std::uint32_t value) const {
    std::uint32_t found = none;
    const std::uint32_t others = of_past ? now_ : past_;
    for (std::uint32_t other = 0; other < others; ++other) {
      if (met_[of_past ? kind(value, other) : kind(other, value)]) {
        if (found != none) {
          return none;
        }
        found = other;
      }
    }
    return found;
  }

  // Whether each value of the one goes with at most one of the other.
  bool determines(bool of_past) const {
    for (std::uint32_t value = 0; value < (of_past ? past_ : now_); ++value) {
      std::size_t with = 0;
      for (std::uint32_t other = 0; other < (of_past ? now_ : past_); ++other) {
        with += met_[of_past ? kind(value, other) : kind(other, value)] ? 1 : 0;
      }
      if (with > 1) {
        return false;
      }
    }
    return true;
  }

  // Who has no value in the one table has the one that goes with theirs in the other; where there
  // is none, they are of a class of their own, beyond the values.
  std::size_t class_by_past(std::size_t kind) const {
    const std::uint32_t past = past_of(kind);
    const std::uint32_t with = past != none ? past : goes_with(false, now_of(kind));
    return with != none ? with : std::size_t{past_} + 1 + now_of(kind);
  }
  std::size_t class_by_now(std::size_t kind) const {
    const std::uint32_t now = now_of(kind);
    const std::uint32_t with = now != none ? now : goes_with(true, past_of(kind));
    return with != none ? with : std::size_t{now_} + 1 + past_of(kind);
  }

  // By kind that somebody is of: the number of its class, in the order of the classes.
  template <class ClassOf>
  Places classes(ClassOf class_of) const {
    std::map<std::size_t, std::uint32_t> number;
    for (std::size_t kind = 0; kind < met_.size(); ++kind) {
      if (met_[kind]) {
        number.emplace(class_of(kind), 0);
      }
    }
    std::uint32_t next = 0;
    for (auto& [key, at] : number) {
      at = next++;
    }
    Places made(met_.size(), none);
    for (std::size_t kind = 0; kind < met_.size(); ++kind) {
      if (met_[kind]) {
        made[kind] = number.at(class_of(kind));
      }
    }
    return made;
  }

  Telling telling(const Places& parts, const Places& sets) const {
    Telling made{parts, 0, {}};
    std::map<std::uint32_t, std::vector<std::uint32_t>> by_set;
    for (std::size_t kind = 0; kind < parts.size(); ++kind) {
      if (parts[kind] == none) {
        continue;
      }
      made.parts = std::max(made.parts, parts[kind] + 1);
      if (!sets.empty()) {
        by_set[sets[kind]].push_back(parts[kind]);
      }
    }
    for (auto& [set, of_set] : by_set) {
      std::ranges::sort(of_set);
      const auto [first, last] = std::ranges::unique(of_set);
      of_set.erase(first, last);
      made.sets.push_back(std::move(of_set));
    }
    return made;
  }

  std::uint32_t past_;
  std::uint32_t now_;
  std::vector<bool> met_;  // by kind
};

class Together {
 public:
  Together(const PastRelease& past, const ToldStudy& told, const Roll& roll,
           const TogetherOptions& options, Counted& counted)
      : past_(past),
        told_(told),
        roll_(roll),
        options_(options),
        counted_(counted),
        rule_{options.few, past.told.population == told.population} {}

  Status add() {
    meet_people();
    RETURN_IF_ERROR(add_populations());
    for (std::size_t p = 0; p < past_.tables.size(); ++p) {
      ASSIGN_OR_RETURN(const std::vector<Crowd> cells, add_table(p));
      for (std::size_t n = 0; n < counted_.tables.size(); ++n) {
        RETURN_IF_ERROR(add_overlaps(p, n));
        add_within(p, cells, n);
        mark_moved({past_.tables[p], past_.told.tables[p], past_.roll.tables[p]}, told_.tables[n],
                   roll_.tables[n], people_, rule_, counted_.tables[n]);
        if (rule_.same_population) {
          keep_back_tied({past_.tables[p], past_.told.tables[p], past_.roll.tables[p]},
                         told_.tables[n], options_.few, counted_.tables[n]);
        }
      }
    }
    return {};
  }

 private:
  void meet_people() {
    people_ = side_by_side(past_.roll.ids, roll_.ids);
    for (const Person& person : people_) {
      const bool here = person.now != none;
      hashes_.push_back(
          options_.fingerprints(here ? roll_.ids[person.now] : past_.roll.ids[person.past]));
      practices_.push_back(here ? roll_.practices[person.now] : past_.roll.practices[person.past]);
    }
  }

  Arrival arrival(std::size_t person, const CrowdLayout& layout) const {
    const std::uint32_t key = practices_[person] + 1;
    const auto turn = static_cast<std::uint32_t>(person) + 1;
    return {.hash = hashes_[person],
            .key = key,
            .class_word = layout.class_word(key),
            .turn = turn,
            .first = turn};
  }

  // Everybody is counted in the cells that cells_of(person, cells) puts into its list.
  template <class CellsOf>
  Result<Counters> count(std::size_t cells, CellsOf cells_of) const {
    ASSIGN_OR_RETURN(Counters counters, Counters::make(cells, options_.practices_exact));
    Places at;
    for (std::size_t i = 0; i < people_.size(); ++i) {
      at.clear();
      cells_of(people_[i], at);
      if (!at.empty()) {
        counters.add(at, arrival(i, counters.layout()));
      }
    }
    return counters;
  }

  std::vector<std::array<std::size_t, 2>> with_every_table() const {
    std::vector<std::array<std::size_t, 2>> all;
    for (std::size_t n = 0; n < counted_.tables.size(); ++n) {
      all.push_back({n, n});
    }
    return all;
  }

  // Those of both populations, of one alone, and the two.
  Status add_populations() {
    enum : std::uint32_t { both, left, came, before, now };
    ASSIGN_OR_RETURN(const Counters counters, count(5, [](const Person& person, Places& at) {
                       at.push_back(person.past == none ? came : person.now == none ? left : both);
                       if (person.past != none) {
                         at.push_back(before);
                       }
                       if (person.now != none) {
                         at.push_back(now);
                       }
                     }));
    CrowdOverlap made{.of = with_every_table(), .groups = {}, .relations = {}};
    for (std::size_t group = 0; group < counters.cells(); ++group) {
      made.groups.push_back(counters.crowd(group));
    }
    made.relations = {{{{before, 1}, {both, -1}, {left, -1}}},
                      {{{now, 1}, {both, -1}, {came, -1}}}};
    made.known = {false, false, false, past_.entry.population_shown, false};
    if (past_.entry.population_shown &&
        rule_.kept_back(made.groups[came].patients, made.groups[left].patients,
                        made.groups[both].patients)) {
      counted_.population_withheld = true;
    }
    drop_empty(made);
    counted_.overlaps.push_back(std::move(made));
    return {};
  }

  // Groups of nobody add nothing to any sum.
  static void drop_empty(CrowdOverlap& overlap) {
    Places numbers;
    CrowdOverlap made{.of = std::move(overlap.of),
                      .differences = overlap.differences,
                      .peopled = overlap.peopled,
                      .groups = {},
                      .relations = {}};
    made.mean_of = std::move(overlap.mean_of);
    for (std::size_t g = 0; g < overlap.groups.size(); ++g) {
      const bool empty = overlap.groups[g].patients == 0;
      numbers.push_back(empty ? no_number : static_cast<std::uint32_t>(made.groups.size()));
      if (empty) {
        continue;
      }
      made.groups.push_back(overlap.groups[g]);
      made.known.push_back(overlap.knows(g));
      made.known_means.push_back(overlap.knows_mean(g));
    }
    made.relations = in_numbers(std::move(overlap.relations), numbers);
    overlap = std::move(made);
  }

  bool each(const ToldTable& table) const { return table.what == StudyTable::What::each; }

  // The cells of a table of the release before, and which of them it published.
  Result<std::vector<Crowd>> add_table(std::size_t p) {
    const Table& table = past_.tables[p];
    const Roll::OfTable& stand = past_.roll.tables[p];
    const bool rows = each(past_.told.tables[p]);
    const auto columns =
        static_cast<std::uint32_t>(rows ? table.dimensions.back().categories.size() + 1 : 1);
    ASSIGN_OR_RETURN(const Counters counters,
                     count(counted_cells(table.dimensions), [&](const Person& person, Places& at) {
                       const std::uint32_t place =
                           person.past == none ? none : stand.places[person.past];
                       if (place == none) {
                         return;
                       }
                       if (!rows) {
                         at.push_back(place);
                         return;
                       }
                       for (const std::uint32_t column : stand.columns_of(person.past)) {
                         at.push_back(place * columns + column);
                       }
                       if (!at.empty()) {
                         at.push_back(place * columns + columns - 1);
                       }
                     }));
    ASSIGN_OR_RETURN(const Counters all, with_margins(counters, 0, table.dimensions));
    CrowdOverlap made{.of = with_every_table(),
                      .differences = true,
                      .peopled = true,
                      .groups = {},
                      .relations = {}};
    for (std::size_t cell = 0; cell < table.cells.size(); ++cell) {
      made.groups.push_back(all.crowd(cell));
      made.known.push_back(table.cells[cell].status == CellStatus::published);
      made.known_means.push_back(table.cells[cell].mean.has_value());
    }
    made.relations = relations_of(table);
    for (std::size_t n = 0; table.mean_of && n < counted_.tables.size(); ++n) {
      if (told_.tables[n].what == StudyTable::What::mean &&
          told_.tables[n].counts == past_.told.tables[p].counts) {
        made.mean_of = counted_.tables[n].mean_of;
      }
    }
    if (made.mean_of) {
      add_values(table, stand, made.groups);
    } else {
      made.known_means.clear();
    }
    std::vector<Crowd> cells = made.groups;
    drop_empty(made);
    counted_.overlaps.push_back(std::move(made));
    return cells;
  }

  // What the people of each cell had of the value that the table averages.
  static void add_values(const Table& table, const Roll::OfTable& stand,
                         std::vector<Crowd>& cells) {
    for (Crowd& cell : cells) {
      cell.value.emplace();
    }
    Places categories;
    for (std::size_t person = 0; person < stand.places.size(); ++person) {
      if (stand.places[person] == none) {
        continue;
      }
      categories_at(table.dimensions, stand.places[person], categories);
      std::vector<std::size_t> places(categories.size());
      for (std::size_t margin = 0; margin < std::size_t{1} << places.size(); ++margin) {
        for (std::size_t d = 0; d < places.size(); ++d) {
          places[d] = (margin >> d & 1) == 0 ? categories[d] : table.dimensions[d].total();
        }
        cells[table.index(places)].value->add(stand.values[person]);
      }
    }
  }

  void add_within(std::size_t p, const std::vector<Crowd>& cells, std::size_t n) {
    const RolledTable past{past_.tables[p].dimensions, cells, past_.roll.tables[p],
                           each(past_.told.tables[p])};
    const RolledTable now{counted_.tables[n].dimensions, counted_.tables[n].cells, roll_.tables[n],
                          each(told_.tables[n])};
    CrowdOverlap found = cells_within(past, now, people_, options_.few);
    if (!found.groups.empty()) {
      found.of = {{n, n}};
      counted_.overlaps.push_back(std::move(found));
    }
  }

  // The dimensions of the two tables that are of one trait.
  struct Common {
    std::vector<std::size_t> past;
    std::vector<std::size_t> now;
  };

  std::vector<Common> traits_of(const ToldTable& past, const ToldTable& now) const {
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

  static std::span<const Dimension> rows_of(std::span<const Dimension> dimensions,
                                            const ToldTable& told) {
    return dimensions.first(told.dimensions.size());
  }

  std::uint32_t past_place(std::size_t p, const Person& person) const {
    return person.past == none ? none : past_.roll.tables[p].places[person.past];
  }
  std::uint32_t now_place(std::size_t n, const Person& person) const {
    return person.now == none ? none : roll_.tables[n].places[person.now];
  }

  // Whether everybody of the one stands in the other: then this is no trait of its own.
  std::array<bool, 3> who_is_there(std::size_t p, std::size_t n) const {
    std::array<bool, 3> there{};
    for (const Person& person : people_) {
      const bool past = past_place(p, person) != none;
      const bool now = now_place(n, person) != none;
      if (past || now) {
        there[past && now ? 0u : past ? 1u : 2u] = true;
      }
    }
    return there;
  }

  Status add_overlaps(std::size_t p, std::size_t n) {
    const ToldTable& past = past_.told.tables[p];
    const ToldTable& now = told_.tables[n];
    struct Looked {
      Projection past;
      Projection now;
      TwoTellings tellings;
    };
    std::vector<Looked> traits;
    for (const Common& common : traits_of(past, now)) {
      Projection of_past(rows_of(past_.tables[p].dimensions, past), common.past);
      Projection of_now(rows_of(counted_.tables[n].dimensions, now), common.now);
      if ((std::uint64_t{of_past.values()} + 1) * (std::uint64_t{of_now.values()} + 1) >
          most_together) {
        return too_many(p, n);
      }
      const TwoTellings tellings(of_past.values(), of_now.values());
      traits.push_back({std::move(of_past), std::move(of_now), tellings});
    }
    for (const Person& person : people_) {
      const std::uint32_t in_past = past_place(p, person);
      const std::uint32_t in_now = now_place(n, person);
      for (Looked& trait : traits) {
        if (in_past != none || in_now != none) {
          trait.tellings.meet(trait.past.of(in_past), trait.now.of(in_now));
        }
      }
    }
    // Who stands in the one, the other or both is a trait as well.
    const std::array<bool, 3> there = who_is_there(p, n);
    const bool all_in_both = there[0] && !there[1] && !there[2];
    TwoTellings standing(1, 1);
    const auto stands = [](std::uint32_t place) { return place == none ? none : 0u; };
    for (std::size_t kind = 0; kind < there.size(); ++kind) {
      if (there[kind]) {
        standing.meet(kind == 2 ? none : 0u, kind == 1 ? none : 0u);
      }
    }
    std::array<std::vector<TwoTellings::Telling>, 2> by_side;
    for (const Looked& trait : traits) {
      std::array<TwoTellings::Telling, 2> sides = trait.tellings.sides();
      by_side[0].push_back(std::move(sides[0]));
      by_side[1].push_back(std::move(sides[1]));
    }
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
      PlanOverlap plan{.of = {{n, n}}};
      std::uint64_t cells = 1;
      for (const TwoTellings::Telling& telling : tellings) {
        plan.traits.push_back({telling.parts, static_cast<std::uint32_t>(cells), telling.sets});
        cells *= telling.parts;
        if (cells > most_together) {
          return too_many(p, n);
        }
      }
      plan.cells = static_cast<std::uint32_t>(cells);
      ASSIGN_OR_RETURN(const Counters counters, count(cells, [&](const Person& person, Places& at) {
                         const std::uint32_t in_past = past_place(p, person);
                         const std::uint32_t in_now = now_place(n, person);
                         if (in_past == none && in_now == none) {
                           return;
                         }
                         std::uint32_t cell = 0;
                         for (std::size_t t = 0; t < tellings.size(); ++t) {
                           const std::size_t kind =
                               t < traits.size()
                                   ? traits[t].tellings.kind(traits[t].past.of(in_past),
                                                             traits[t].now.of(in_now))
                                   : standing.kind(stands(in_past), stands(in_now));
                           cell += tellings[t].part[kind] * plan.traits[t].stride;
                         }
                         at.push_back(cell);
                       }));
      ASSIGN_OR_RETURN(CrowdOverlap overlap, overlap_groups(counters, 0, plan));
      overlap.present.clear();
      counted_.overlaps.push_back(std::move(overlap));
    }
    return {};
  }

  // Parts: in both, in the release before alone, now alone. The one side adds up to who stood in
  // the one, the other to who stands in the other.
  static TwoTellings::Telling by_standing(const TwoTellings& standing,
                                          const std::array<bool, 3>& there, std::size_t side) {
    TwoTellings::Telling made{Places(4, none), 0, {}};
    std::array<Places, 2> sets;  // in the side's table, and not in it
    for (std::size_t kind = 0; kind < there.size(); ++kind) {
      if (there[kind]) {
        made.part[standing.kind(kind == 2 ? none : 0u, kind == 1 ? none : 0u)] = made.parts;
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

  std::unexpected<Error> too_many(std::size_t p, std::size_t n) const {
    return bad_input(
        fmt::format("table '{}' and table '{}' of release {} together tell more than "
                    "{} groups of people apart, too many to protect",
                    counted_.tables[n].id, past_.tables[p].id, past_.entry.number, most_together),
        {}, "use the bands, levels and windows of that release, or coarser ones");
  }

  const PastRelease& past_;
  const ToldStudy& told_;
  const Roll& roll_;
  const TogetherOptions& options_;
  Counted& counted_;
  const MoveRule rule_;
  std::vector<Person> people_;  // of either, in order of pseudonym
  std::vector<Uint128> hashes_;
  std::vector<PracticeId> practices_;
};

}  // namespace

void withhold(const PastRelease& past, Counted& counted) {
  for (std::size_t t = 0; t < counted.tables.size(); ++t) {
    CrowdTable& table = counted.tables[t];
    PARCOURS_CHECK(table.cells.size() == past.tables[t].cells.size());
    for (const Cell& cell : past.tables[t].cells) {
      table.withheld.push_back(cell.status != CellStatus::published);
      table.withheld_means.push_back(!cell.mean);
    }
  }
}

Status add_past(const PastRelease& past, const ToldStudy& told, const Roll& roll,
                const TogetherOptions& options, Counted& counted) {
  PARCOURS_CHECK(told.tables.size() == counted.tables.size() &&
                 roll.tables.size() == counted.tables.size());
  const std::size_t before = counted.overlaps.size();
  RETURN_IF_ERROR(Together(past, told, roll, options, counted).add());
  for (std::size_t o = before; o < counted.overlaps.size(); ++o) {
    counted.overlaps[o].with_past = true;
  }
  for (const CrowdTable& table : counted.tables) {
    for (std::size_t cell = 0; cell < table.moved.size(); ++cell) {
      counted.population_withheld =
          counted.population_withheld ||
          (table.moved[cell] && table.cells[cell].fingerprint == counted.population.fingerprint);
    }
  }
  return {};
}

}  // namespace parcours
