#include "release/closeness.h"

#include <algorithm>
#include <map>
#include <optional>
#include <span>

#include "base/random.h"
#include "crowds/cell_facts.h"
#include "release/obeys.h"
#include "release/people_numbers.h"
#include "release/witnesses.h"
#include "sums/bonds.h"
#include "sums/elimination.h"
#include "sums/intervals.h"
#include "sums/solutions.h"

namespace parcours::release {
namespace {

// What an outsider knows of the people in all tables, and what the gate knows beside it.
struct Looked {
  PeopleNumbers numbers;
  sums::System system;
  std::vector<std::int64_t> counts;  // by unknown
  std::vector<Uint128> people;       // their fingerprint
  std::vector<bool> hidden;
  std::vector<bool> unsafe;             // it breaks a rule
  std::vector<bool> exposed;            // it breaks one by itself, whatever its group
  std::vector<bool> alone;              // one patient, or one practice, is all of it
  std::vector<std::uint32_t> practice;  // which one; 0: none
  std::vector<bool> in_tables;
  std::vector<bool> peopled;  // a hidden cell, of these tables or of a release before, is not empty
  std::vector<bool> difference;      // of two figures
  std::vector<bool> before;          // releases before published it
  std::vector<bool> peopled_before;  // or hid it, and showed what is empty
};

void look_at(const crowds::Crowd& crowd, std::uint32_t unknown, const protect::Rules& rules,
             Looked& looked) {
  looked.counts[unknown] = crowd.patients;
  looked.people[unknown] = crowd.fingerprint;
  if (disobeyed_alone(crowd, rules)) {
    looked.exposed[unknown] = true;
  }
  if (crowd.patients == 1 || (rules.has_practices && crowd.practices == 1)) {
    looked.alone[unknown] = true;
  }
  if (rules.has_practices) {
    looked.practice[unknown] = std::max(looked.practice[unknown], crowd.only_practice);
  }
}

Looked look(const crowds::Counted& counted, const std::vector<tables::Table>& tables,
            const protect::Rules& rules) {
  Looked looked{.numbers = PeopleNumbers(counted)};
  const PeopleNumbers& numbers = looked.numbers;
  looked.counts.assign(numbers.count(), 0);
  looked.people.assign(numbers.count(), 0);
  looked.hidden.assign(numbers.count(), true);
  looked.unsafe.assign(numbers.count(), false);
  looked.exposed = looked.alone = looked.in_tables = looked.difference = looked.unsafe;
  looked.peopled = looked.peopled_before = looked.before = looked.unsafe;
  looked.practice.assign(numbers.count(), 0);
  for (std::size_t t = 0; t < tables.size(); ++t) {
    for (std::size_t c = 0; c < tables[t].cells.size(); ++c) {
      const std::uint32_t unknown = numbers.of(t, c);
      look_at(counted.tables[t].cells[c], unknown, rules, looked);
      looked.in_tables[unknown] = looked.peopled[unknown] = true;
      if (tables[t].cells[c].status == tables::CellStatus::published) {
        looked.hidden[unknown] = false;
      }
      if (disobeyed(crowds::facts_of(counted.tables[t], c, counted.population), rules)) {
        looked.unsafe[unknown] = true;
      }
    }
    for (tables::Relation& relation : tables::relations_of(tables[t], numbers.of(t))) {
      looked.system.relations.push_back(std::move(relation));
    }
  }
  for (std::size_t o = 0; o < counted.overlaps.size(); ++o) {
    const crowds::CrowdOverlap& overlap = counted.overlaps[o];
    for (std::size_t g = 0; g < overlap.groups.size(); ++g) {
      const std::uint32_t unknown = numbers.of_overlap(o)[g];
      look_at(overlap.groups[g], unknown, rules, looked);
      looked.difference[unknown] = looked.difference[unknown] || overlap.differences;
      looked.peopled[unknown] = looked.peopled[unknown] || overlap.peopled;
      looked.peopled_before[unknown] = looked.peopled_before[unknown] || overlap.peopled;
      looked.unsafe[unknown] =
          looked.unsafe[unknown] || (!looked.in_tables[unknown] && looked.exposed[unknown]);
    }
    for (tables::Relation& relation :
         tables::in_numbers(overlap.relations, numbers.of_overlap(o))) {
      looked.system.relations.push_back(std::move(relation));
    }
  }
  looked.system.relations = tables::distinct(std::move(looked.system.relations));
  const auto everyone = numbers.find(counted.population.fingerprint);
  if (everyone && !counted.population_withheld) {
    looked.hidden[*everyone] = false;
  }
  for (std::size_t o = 0; o < counted.overlaps.size(); ++o) {
    for (std::size_t g = 0; g < counted.overlaps[o].groups.size(); ++g) {
      if (counted.overlaps[o].knows(g)) {
        looked.hidden[numbers.of_overlap(o)[g]] = false;
        looked.before[numbers.of_overlap(o)[g]] = true;
      }
    }
  }
  for (std::size_t u = 0; u < looked.counts.size(); ++u) {
    const std::int64_t least = looked.peopled[u] ? 1 : 0;
    looked.system.ranges.push_back(looked.hidden[u]
                                       ? sums::Range{least, sums::no_limit}
                                       : sums::Range{looked.counts[u], looked.counts[u]});
  }
  return looked;
}

// How wide the releases before leave these, as far as `width`: nothing of this release is known,
// not even where its tables have nobody.
Result<std::vector<sums::Interval>> left_by_releases_before(const Looked& looked,
                                                            std::int64_t width,
                                                            std::vector<std::uint32_t> cells) {
  sums::System system = looked.system;
  for (std::size_t u = 0; u < looked.counts.size(); ++u) {
    const std::int64_t count = looked.counts[u];
    system.ranges[u] = looked.before[u]
                           ? sums::Range{count, count}
                           : sums::Range{looked.peopled_before[u] ? 1 : 0, sums::no_limit};
  }
  sums::IntervalQuestion question;
  question.enough = width;
  question.over_reals = true;
  question.cells = std::move(cells);
  question.solution = looked.counts;
  Progress progress(Progress::Manner::none);
  return sums::intervals(system, question, progress, Stop());
}

// The tables that these figures stand in, or else share a sum with.
std::vector<std::string> tables_beside(const Looked& looked, const crowds::Counted& counted,
                                       const std::vector<std::uint32_t>& figures) {
  std::vector<bool> near(looked.counts.size(), false);
  const auto is_narrow = [&](std::uint32_t u) { return std::ranges::binary_search(figures, u); };
  for (const tables::Relation& relation : looked.system.relations) {
    const auto meets = [&](const tables::Relation::Term& term) { return is_narrow(term.cell); };
    if (std::ranges::any_of(relation.terms, meets)) {
      for (const tables::Relation::Term& term : relation.terms) {
        near[term.cell] = true;
      }
    }
  }
  std::vector<std::string> in;
  std::vector<std::string> beside;
  for (std::size_t t = 0; t < counted.tables.size(); ++t) {
    const std::span<const std::uint32_t> cells = looked.numbers.of(t);
    if (std::ranges::any_of(cells, is_narrow)) {
      in.push_back(counted.tables[t].id);
    }
    if (std::ranges::any_of(cells, [&](std::uint32_t u) { return near[u]; })) {
      beside.push_back(counted.tables[t].id);
    }
  }
  return in.empty() ? beside : in;
}

Status look_at_widths(const Looked& looked, const crowds::Counted& counted, std::int64_t width,
                      std::span<const protect::Witness> witnesses, Closeness& found) {
  // Where releases before left less, no more than that is asked.
  const auto asked_of = [&](std::uint32_t u) {
    return counted.width_left(looked.people[u], width);
  };
  std::vector<bool> wide(looked.counts.size(), false);
  std::vector<bool> wide_in_whole_tables = wide;
  for (const Witnessed& one : checked(witnesses, looked.numbers, looked.system, looked.counts)) {
    wide[one.figure] = one.width >= asked_of(one.figure);
    wide_in_whole_tables[one.figure] = one.whole && one.width >= width;
  }
  sums::IntervalQuestion question;
  question.enough = width;
  question.over_reals = true;
  question.solution = looked.counts;
  for (std::uint32_t u = 0; u < looked.counts.size(); ++u) {
    if (looked.hidden[u] && looked.unsafe[u] && (looked.in_tables[u] || looked.difference[u])) {
      ++found.asked;
      found.proved += wide_in_whole_tables[u] ? 1 : 0;
      if (!wide[u] && asked_of(u) > 0) {
        question.cells.push_back(u);
        question.enough_of.push_back(asked_of(u));
      }
    }
  }
  if (question.cells.empty()) {
    return {};
  }
  Progress progress(Progress::Manner::none);
  ASSIGN_OR_RETURN(const std::vector<sums::Interval> intervals_found,
                   sums::intervals(looked.system, question, progress, Stop()));
  std::vector<std::uint32_t> narrow;
  std::map<std::uint32_t, std::int64_t> width_of;
  for (const sums::Interval& interval : intervals_found) {
    const std::int64_t carried = interval.carried_width.value_or(0);
    if (interval.width() < width && carried < asked_of(interval.cell)) {
      narrow.push_back(interval.cell);
      width_of[interval.cell] = interval.width();
    }
    found.proved += interval.reached_width() >= width ? 1 : 0;
  }
  if (!narrow.empty() && std::ranges::find(looked.before, true) != looked.before.end()) {
    ASSIGN_OR_RETURN(const std::vector<sums::Interval> before,
                     left_by_releases_before(looked, width, narrow));
    for (const sums::Interval& interval : before) {
      const std::int64_t left = interval.carried_width.value_or(interval.width());
      if (left <= width_of.at(interval.cell)) {
        std::erase(narrow, interval.cell);
        found.narrow_before.push_back({looked.people[interval.cell], left});
      }
    }
  }
  std::ranges::sort(narrow);
  found.narrow = narrow.size();
  found.tables = tables_beside(looked, counted, narrow);
  return {};
}

// Of two sums that give each other away, whether somebody alone in the one learns the other.
bool tells(const Looked& looked, std::uint32_t who, std::uint32_t learnt) {
  const bool of_one_practice =
      looked.practice[who] != 0 && looked.practice[who] == looked.practice[learnt];
  return who != learnt && looked.alone[who] && looked.exposed[learnt] &&
         (looked.counts[who] == 1 || !of_one_practice);
}

// Hidden from everybody but by the releases before, if anything: nothing of this one is shown.
std::vector<bool> not_before(const Looked& looked) {
  std::vector<bool> hidden = looked.before;
  hidden.flip();
  return hidden;
}

// Hidden from who knows the empty cells and nothing else. What a practice works out of its own
// cells and these counts its own patients alone: the sums hold for every set of patients, so one
// who is in none of its cells is not in what they add up to.
std::vector<bool> not_empty(const Looked& looked) {
  std::vector<bool> hidden(looked.hidden.size());
  for (std::size_t u = 0; u < hidden.size(); ++u) {
    hidden[u] = looked.hidden[u] || looked.counts[u] > 0;
  }
  return hidden;
}

// The system as it is seen from outside, and as it would be without this release, and without it
// but for its empty cells. Each is worked out when it is asked for, once.
class Systems {
 public:
  explicit Systems(const Looked& looked) : looked_(looked) {}

  const sums::Echelon& here() { return of(here_, looked_.hidden); }
  const sums::Echelon& before() { return of(before_, not_before(looked_)); }
  const sums::Echelon& empty_cells() { return of(empty_cells_, not_empty(looked_)); }

 private:
  const sums::Echelon& of(std::optional<sums::Echelon>& system, const std::vector<bool>& hidden) {
    if (!system) {
      system.emplace(looked_.system.relations, hidden);
    }
    return *system;
  }

  const Looked& looked_;
  std::optional<sums::Echelon> here_;
  std::optional<sums::Echelon> before_;
  std::optional<sums::Echelon> empty_cells_;
};

// By figure, the bond that it is in; no_bond: none.
constexpr std::uint32_t no_bond = ~std::uint32_t{0};
std::vector<std::uint32_t> bonds_in(const sums::Echelon& system, std::size_t figures,
                                    Random& random) {
  std::vector<std::uint32_t> bond_of(figures, no_bond);
  std::uint32_t number = 0;
  for (const sums::Bond& bond : sums::bonds(system, random)) {
    for (const std::uint32_t cell : bond.cells) {
      bond_of[cell] = number;
    }
    ++number;
  }
  return bond_of;
}

// Groups in which somebody learns something that they do not learn without this release.
std::uint64_t groups_taught(const Looked& looked, Systems& systems) {
  Random random(0);  // any seed: bonds are seen by any draw
  std::vector<sums::Bond> found = sums::bonds(systems.here(), random);
  std::vector<std::vector<std::uint32_t>> anyway;  // without this release, and by its zeros alone
  const auto taught = [&](const sums::Bond& bond) {
    return std::ranges::any_of(bond.cells, [&](std::uint32_t who) {
      return std::ranges::any_of(bond.cells, [&](std::uint32_t learnt) {
        const auto already = [&](const std::vector<std::uint32_t>& bond_of) {
          return bond_of[who] != no_bond && bond_of[who] == bond_of[learnt];
        };
        return tells(looked, who, learnt) && std::ranges::none_of(anyway, already);
      });
    });
  };
  std::erase_if(found, [&](const sums::Bond& bond) { return !taught(bond); });
  if (!found.empty()) {
    const std::size_t figures = looked.hidden.size();
    anyway = {bonds_in(systems.before(), figures, random),
              bonds_in(systems.empty_cells(), figures, random)};
  }
  return static_cast<std::uint64_t>(std::ranges::count_if(found, taught));
}

// What a practice knows that is alone in several hidden figures, and what it works out from them.
struct Practice {
  std::vector<std::uint32_t> known;  // ascending
  std::vector<std::uint32_t> learnt;
};

std::vector<Practice> alone_in_several(const Looked& looked) {
  std::map<std::uint32_t, Practice> by_number;
  for (std::uint32_t u = 0; u < looked.hidden.size(); ++u) {
    if (looked.hidden[u] && looked.practice[u] != 0) {
      by_number[looked.practice[u]].known.push_back(u);
    }
  }
  std::vector<Practice> practices;
  for (auto& [number, practice] : by_number) {
    if (practice.known.size() > 1) {
      practices.push_back(std::move(practice));
    }
  }
  return practices;
}

// The secrets that a practice works out in a system, and it knows so many at least of those that
// hang together with them.
class WorkedOut {
 public:
  WorkedOut(const Looked& looked, const sums::Echelon& system, const std::vector<bool>& secret,
            std::size_t most_known)
      : relations_(looked.system.relations),
        hidden_(hidden_in(system, looked.hidden.size())),
        secret_(secret),
        random_(0),  // any seed: what is determined is 0 in any draw
        solutions_(
            sums::Solutions::to_know(most_known, system, secret, of_practices(looked), random_)) {}

  std::vector<std::uint32_t> by(const std::vector<std::uint32_t>& known,
                                std::size_t at_least) const {
    if (auto found = solutions_.secrets_known_with(known, at_least)) {
      return *std::move(found);
    }
    std::vector<bool> open = hidden_;  // it knows more than was drawn for
    for (const std::uint32_t figure : known) {
      open[figure] = false;
    }
    std::vector<std::uint32_t> found = sums::eliminate(relations_, open).determined;
    std::erase_if(found, [&](std::uint32_t figure) { return !secret_[figure]; });
    return found;
  }

 private:
  static std::vector<bool> hidden_in(const sums::Echelon& system, std::size_t figures) {
    std::vector<bool> hidden(figures, false);
    for (const std::uint32_t figure : system.cells()) {
      hidden[figure] = true;
    }
    return hidden;
  }

  static std::vector<bool> of_practices(const Looked& looked) {
    std::vector<bool> known;
    for (const std::uint32_t practice : looked.practice) {
      known.push_back(practice != 0);
    }
    return known;
  }

  const std::vector<tables::Relation>& relations_;
  const std::vector<bool> hidden_;
  const std::vector<bool>& secret_;
  Random random_;
  const sums::Solutions solutions_;
};

// How many figures practices work out that are alone in several hidden ones and know them all. What
// they know without this release is not counted: what the releases before tell them, and what is
// made of those that they know, where nothing else is but empty cells.
std::uint64_t told_to_practices(const Looked& looked, Systems& systems) {
  std::vector<Practice> practices = alone_in_several(looked);
  if (practices.empty()) {
    return 0;
  }
  const auto known_by = [](const Practice& practice) { return practice.known.size(); };
  const std::size_t most_known = known_by(std::ranges::max(practices, {}, known_by));
  std::vector<bool> secret(looked.hidden.size(), false);
  {
    const WorkedOut here(looked, systems.here(), looked.exposed, most_known);
    for (Practice& practice : practices) {
      practice.learnt = here.by(practice.known, 2);
      for (const std::uint32_t figure : practice.learnt) {
        secret[figure] = true;
      }
    }
  }
  std::uint64_t told = 0;
  using System = const sums::Echelon& (Systems::*)();
  for (const System of : {System{&Systems::before}, System{&Systems::empty_cells}}) {
    std::erase_if(practices, [](const Practice& practice) { return practice.learnt.empty(); });
    if (practices.empty()) {
      break;
    }
    const WorkedOut anyway(looked, (systems.*of)(), secret, most_known);
    for (Practice& practice : practices) {
      const std::vector<std::uint32_t> known = anyway.by(practice.known, 0);
      std::erase_if(practice.learnt, [&](std::uint32_t figure) {
        return std::ranges::binary_search(known, figure);
      });
    }
  }
  for (const Practice& practice : practices) {
    told += practice.learnt.size();
  }
  return told;
}

}  // namespace

Result<Closeness> closeness(const crowds::Counted& counted,
                            const std::vector<tables::Table>& tables, const protect::Rules& rules,
                            std::span<const protect::Witness> witnesses) {
  Closeness found;
  if (rules.width_min == 0 && !rules.cover_insiders) {
    return found;
  }
  const Looked looked = look(counted, tables, rules);
  if (rules.width_min > 0) {
    RETURN_IF_ERROR(look_at_widths(looked, counted, rules.width_min, witnesses, found));
  }
  if (rules.cover_insiders) {
    Systems systems(looked);
    found.taught = groups_taught(looked, systems) + told_to_practices(looked, systems);
  }
  return found;
}

}  // namespace parcours::release
