#include "release/recovery.h"

#include <map>
#include <optional>
#include <string>
#include <unordered_set>

#include "crowds/cell_facts.h"
#include "release/obeys.h"
#include "release/people_numbers.h"
#include "sums/elimination.h"
#include "tables/relations.h"

namespace parcours::release {
namespace {

// One system of sums: which cells of which tables are looked for, and which of them are known.
class PeopleSystem {
 public:
  PeopleSystem(const crowds::Counted& counted, const PeopleNumbers& unknowns,
               const std::vector<tables::Table>& tables, const protect::Rules& rules)
      : counted_(counted),
        unknowns_(unknowns),
        tables_(tables),
        rules_(rules),
        known_(unknowns.count(), false) {}

  void add(std::size_t table) { members_.push_back(table); }
  void know(std::uint32_t unknown) { known_[unknown] = true; }
  // Whatever a release before published.
  void know_before(std::uint32_t unknown) {
    known_[unknown] = true;
    before_.insert(unknown);
  }

  // `shows(table, cell)`: whether the cell's figure is published.
  template <class Shows>
  Recovery solve(const Shows& shows) {
    std::unordered_set<std::uint32_t> of_tables;
    for (const std::size_t t : members_) {
      for (std::size_t i = 0; i < tables_[t].cells.size(); ++i) {
        of_tables.insert(unknowns_.of(t, i));
        if (shows(t, i)) {
          know(unknowns_.of(t, i));
        }
      }
    }
    std::vector<tables::Relation> relations;
    for (const std::size_t t : members_) {
      for (tables::Relation& relation : tables::relations_of(tables_[t], unknowns_.of(t))) {
        relations.push_back(std::move(relation));
      }
    }
    Recovery found;
    found.relations = relations.size();
    for_overlaps([&](std::size_t o, const crowds::CrowdOverlap& overlap) {
      for (tables::Relation& relation :
           tables::in_numbers(overlap.relations, unknowns_.of_overlap(o))) {
        relations.push_back(std::move(relation));
      }
    });
    relations = tables::distinct(std::move(relations));
    learn_from_before(relations);
    std::vector<bool> hidden = known_;
    hidden.flip();
    for (const std::uint32_t unknown : sums::eliminate(relations, hidden).determined) {
      know(unknown);
    }
    for (const std::size_t t : members_) {
      for (std::size_t i = 0; i < tables_[t].cells.size(); ++i) {
        const std::uint32_t unknown = unknowns_.of(t, i);
        if (!shows(t, i)) {
          ++found.hidden;
          found.determined +=
              known_[unknown] && !before_.contains(unknown) && matters(t, i) ? 1 : 0;
        }
      }
    }
    for_overlaps([&](std::size_t o, const crowds::CrowdOverlap& overlap) {
      for (std::size_t g = 0; g < overlap.groups.size(); ++g) {
        const std::uint32_t unknown = unknowns_.of_overlap(o)[g];
        if (!of_tables.contains(unknown) && !before_.contains(unknown) &&
            disobeyed_alone(overlap.groups[g], rules_)) {
          found.determined += known_[unknown] ? 1 : 0;  // how many there are tells of the hidden
        }
      }
    });
    return found;
  }

 private:
  // Who has releases before may work out a figure that breaks no rule: it is hidden only from who
  // has this release alone.
  bool matters(std::size_t t, std::size_t cell) const {
    const crowds::CrowdTable& table = counted_.tables[t];
    return before_.empty() ||
           disobeyed(crowds::facts_of(table, cell, counted_.population), rules_).has_value() ||
           (table.mean_of && table.cells[cell].patients > 0 &&
            ((!table.moved_means.empty() && table.moved_means[cell]) ||
             disobeyed_by_mean(table.cells[cell], rules_)));
  }

  // What the releases before determine by themselves, this one does not give away.
  void learn_from_before(const std::vector<tables::Relation>& relations) {
    if (before_.empty()) {
      return;
    }
    std::vector<bool> hidden(known_.size(), true);
    for (const std::uint32_t unknown : before_) {
      hidden[unknown] = false;
    }
    const std::vector<std::uint32_t> determined = sums::eliminate(relations, hidden).determined;
    before_.insert(determined.begin(), determined.end());
  }

  // What its tables tell together.
  template <class Visit>
  void for_overlaps(Visit visit) const {
    for (std::size_t o = 0; o < counted_.overlaps.size(); ++o) {
      if (counted_.overlaps[o].among(members_)) {
        visit(o, counted_.overlaps[o]);
      }
    }
  }

  const crowds::Counted& counted_;
  const PeopleNumbers& unknowns_;
  const std::vector<tables::Table>& tables_;
  const protect::Rules& rules_;
  std::vector<std::size_t> members_;
  std::vector<bool> known_;
  std::unordered_set<std::uint32_t> before_;  // known from releases before
};

}  // namespace

Recovery recovery(const crowds::Counted& counted, const std::vector<tables::Table>& tables,
                  const protect::Rules& rules) {
  const PeopleNumbers unknowns(counted);
  PeopleSystem people(counted, unknowns, tables, rules);
  std::map<std::pair<std::string, std::string>, PeopleSystem> values;
  for (std::size_t t = 0; t < tables.size(); ++t) {
    people.add(t);
    if (const std::optional<tables::Label>& value = tables[t].mean_of) {
      values.try_emplace({value->en, value->fr}, counted, unknowns, tables, rules)
          .first->second.add(t);
    }
  }
  const auto population = unknowns.find(counted.population.fingerprint);
  if (population && !counted.population_withheld) {
    people.know(*population);
  }
  for (std::size_t o = 0; o < counted.overlaps.size(); ++o) {
    for (std::size_t g = 0; g < counted.overlaps[o].groups.size(); ++g) {
      const std::uint32_t unknown = unknowns.of_overlap(o)[g];
      if (counted.overlaps[o].knows(g)) {
        people.know_before(unknown);
      }
      if (counted.overlaps[o].knows_mean(g)) {
        for (auto& [value, system] : values) {
          const tables::Label& mean_of = *counted.overlaps[o].mean_of;
          if (value == std::pair(mean_of.en, mean_of.fr)) {
            system.know_before(unknown);
          }
        }
      }
    }
  }
  const auto published = [&](std::size_t t, std::size_t i) {
    return tables[t].cells[i].status == tables::CellStatus::published;
  };
  // What nobody adds to a sum is known.
  const auto averaged = [&](std::size_t t, std::size_t i) {
    return tables[t].cells[i].mean.has_value() || counted.tables[t].cells[i].patients == 0;
  };
  Recovery all = people.solve(published);
  for (auto& [value, system] : values) {
    const Recovery of_value = system.solve(averaged);
    all.hidden += of_value.hidden;
    all.relations += of_value.relations;
    all.determined += of_value.determined;
  }
  return all;
}

}  // namespace parcours::release
