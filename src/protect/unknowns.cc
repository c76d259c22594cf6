#include "protect/unknowns.h"

#include <algorithm>
#include <numeric>

namespace parcours {
namespace {

// A cell of a table, and whom it counts.
struct CountedCell {
  Uint128 fingerprint;
  std::uint32_t table;
  std::uint32_t cell;
};

}  // namespace

// Unknowns are numbered in the order of the tables and cells in which each is met first, so that
// nothing that is decided by their numbers depends on the fingerprints, which no two runs share.
Unknowns::Unknowns(const Counted& counted) {
  std::vector<CountedCell> all;
  for (std::uint32_t t = 0; t < counted.tables.size(); ++t) {
    const std::vector<Crowd>& cells = counted.tables[t].cells;
    of_.emplace_back(cells.size(), nobody);
    for (std::uint32_t c = 0; c < cells.size(); ++c) {
      if (cells[c].patients > 0) {
        all.push_back({cells[c].fingerprint, t, c});
      }
    }
  }
  std::vector<std::size_t> order(all.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  const auto fingerprint = [&](std::size_t i) { return all[i].fingerprint; };
  std::ranges::stable_sort(order, {}, fingerprint);
  std::vector<std::size_t> first(all.size());  // by cell: the first one of the same people
  for (std::size_t i = 0; i < order.size(); ++i) {
    const bool again = i > 0 && fingerprint(order[i]) == fingerprint(order[i - 1]);
    first[order[i]] = again ? first[order[i - 1]] : order[i];
  }
  for (std::size_t i = 0; i < all.size(); ++i) {
    const CountedCell& met = all[first[i]];
    if (first[i] == i) {
      if (met.fingerprint == counted.population.fingerprint) {
        population_ = count_;
      }
      of_[met.table][met.cell] = count_++;
    }
    of_[all[i].table][all[i].cell] = of_[met.table][met.cell];
  }
}

std::vector<Relation> Unknowns::relations(const Counted& counted,
                                          std::span<const std::size_t> tables) const {
  std::vector<Relation> relations;
  for (const std::size_t t : tables) {
    const Table shape{"", {}, counted.tables[t].dimensions, {}, {}};
    for (Relation& relation : relations_of(shape, of_[t])) {
      if (!relation.terms.empty()) {
        relations.push_back(std::move(relation));
      }
    }
  }
  return relations;
}

}  // namespace parcours
