#include "release/recovery.h"

#include <map>
#include <optional>
#include <string>

#include "audit/elimination.h"
#include "tables/relations.h"

namespace parcours {
namespace {

// A number for each set of people that some cell counts.
class Unknowns {
 public:
  explicit Unknowns(const Counted& counted) {
    for (const CrowdTable& table : counted.tables) {
      std::vector<std::uint32_t>& numbers = numbers_.emplace_back();
      for (const Crowd& crowd : table.cells) {
        // Nobody is everywhere the same, but a zero here says nothing of a zero there.
        numbers.push_back(crowd.patients == 0 ? count_++ : number(crowd.fingerprint));
      }
    }
  }

  std::uint32_t of(std::size_t table, std::size_t cell) const { return numbers_[table][cell]; }
  std::uint32_t count() const { return count_; }
  // The number of the cells that count exactly these people, if there are any.
  std::optional<std::uint32_t> find(Uint128 fingerprint) const {
    const auto place = by_people_.find(fingerprint);
    return place == by_people_.end() ? std::nullopt : std::optional(place->second);
  }

 private:
  std::uint32_t number(Uint128 fingerprint) {
    const auto [place, fresh] = by_people_.try_emplace(fingerprint, count_);
    count_ += fresh ? 1 : 0;
    return place->second;
  }

  std::vector<std::vector<std::uint32_t>> numbers_;
  std::map<Uint128, std::uint32_t> by_people_;
  std::uint32_t count_ = 0;
};

// A table's relation in the numbers of the unknowns; terms that cancel out are gone.
Relation renumbered(const Relation& relation, const Unknowns& unknowns, std::size_t table) {
  std::map<std::uint32_t, std::int32_t> sums;
  for (const Relation::Term& term : relation.terms) {
    sums[unknowns.of(table, term.cell)] += term.coefficient;
  }
  Relation result;
  for (const auto& [cell, coefficient] : sums) {
    if (coefficient != 0) {
      result.terms.push_back({cell, coefficient});
    }
  }
  return result;
}

// One system of sums: which cells of which tables are looked for, and which of them are known.
class System {
 public:
  System(const Unknowns& unknowns, const std::vector<Table>& tables)
      : unknowns_(unknowns), tables_(tables), known_(unknowns.count(), false) {}

  void add(std::size_t table) { members_.push_back(table); }
  void know(std::uint32_t unknown) { known_[unknown] = true; }

  // `shows(table, cell)`: whether the cell's figure is published.
  template <class Shows>
  Recovery solve(const Shows& shows) {
    for (const std::size_t t : members_) {
      for (std::size_t i = 0; i < tables_[t].cells.size(); ++i) {
        if (shows(t, i)) {
          know(unknowns_.of(t, i));
        }
      }
    }
    std::vector<Relation> relations;
    for (const std::size_t t : members_) {
      for (const Relation& relation : relations_of(tables_[t])) {
        relations.push_back(renumbered(relation, unknowns_, t));
      }
    }
    Recovery found;
    found.relations = relations.size();
    std::vector<bool> hidden = known_;
    hidden.flip();
    for (const std::uint32_t unknown : eliminate(relations, hidden).determined) {
      know(unknown);
    }
    for (const std::size_t t : members_) {
      for (std::size_t i = 0; i < tables_[t].cells.size(); ++i) {
        if (!shows(t, i)) {
          ++found.hidden;
          found.determined += known_[unknowns_.of(t, i)] ? 1 : 0;
        }
      }
    }
    return found;
  }

 private:
  const Unknowns& unknowns_;
  const std::vector<Table>& tables_;
  std::vector<std::size_t> members_;
  std::vector<bool> known_;
};

}  // namespace

Recovery recovery(const Counted& counted, const std::vector<Table>& tables) {
  const Unknowns unknowns(counted);
  System people(unknowns, tables);
  std::map<std::pair<std::string, std::string>, System> values;
  for (std::size_t t = 0; t < tables.size(); ++t) {
    people.add(t);
    if (const std::optional<Label>& value = tables[t].mean_of) {
      values.try_emplace({value->en, value->fr}, unknowns, tables).first->second.add(t);
    }
  }
  if (const auto number = unknowns.find(counted.population.fingerprint)) {
    people.know(*number);
  }
  const auto published = [&](std::size_t t, std::size_t i) {
    return tables[t].cells[i].status == CellStatus::published;
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

}  // namespace parcours
