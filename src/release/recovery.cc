#include "release/recovery.h"

#include <map>

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
  const std::map<Uint128, std::uint32_t>& by_people() const { return by_people_; }

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

}  // namespace

Recovery recovery(const Counted& counted, const std::vector<Table>& tables) {
  const Unknowns unknowns(counted);
  std::vector<bool> hidden(unknowns.count(), true);
  Recovery found;
  for (std::size_t t = 0; t < tables.size(); ++t) {
    for (std::size_t i = 0; i < tables[t].cells.size(); ++i) {
      if (tables[t].cells[i].status == CellStatus::published) {
        hidden[unknowns.of(t, i)] = false;
      } else {
        ++found.hidden;
      }
    }
  }
  std::vector<Relation> relations;
  for (std::size_t t = 0; t < tables.size(); ++t) {
    for (const Relation& relation : relations_of(tables[t])) {
      relations.push_back(renumbered(relation, unknowns, t));
    }
  }
  found.relations = relations.size();
  // A hidden cell is given away by the sums, or by a published cell that counts the same people.
  std::vector<bool> known(unknowns.count());
  for (std::size_t u = 0; u < known.size(); ++u) {
    known[u] = !hidden[u];
  }
  for (const std::uint32_t u : eliminate(relations, hidden).determined) {
    known[u] = true;
  }
  for (std::size_t t = 0; t < tables.size(); ++t) {
    for (std::size_t i = 0; i < tables[t].cells.size(); ++i) {
      found.determined +=
          tables[t].cells[i].status != CellStatus::published && known[unknowns.of(t, i)] ? 1 : 0;
    }
  }
  const auto population = unknowns.by_people().find(counted.population.fingerprint);
  found.population_tells = population != unknowns.by_people().end() && hidden[population->second];
  return found;
}

}  // namespace parcours
