#include "sums/parts.h"

#include <numeric>
#include <optional>

namespace parcours::sums {

Parts::Parts(std::span<const tables::Relation> relations, std::span<const std::uint32_t> cells,
             const std::vector<bool>& hidden)
    : part_of_(cells.size()), members_(cells.size()) {
  std::vector<std::uint32_t> unknown_of(hidden.size(), 0);
  for (std::uint32_t u = 0; u < cells.size(); ++u) {
    unknown_of[cells[u]] = u;
  }
  std::iota(part_of_.begin(), part_of_.end(), 0U);
  for (const tables::Relation& relation : relations) {
    std::optional<std::uint32_t> first;
    for (const tables::Relation::Term& term : relation.terms) {
      if (hidden[term.cell]) {
        const std::uint32_t root = find(unknown_of[term.cell]);
        first = first.value_or(root);
        part_of_[root] = find(*first);
      }
    }
  }
  for (std::uint32_t u = 0; u < cells.size(); ++u) {
    part_of_[u] = find(u);
    members_[part_of_[u]].push_back(u);
  }
}

// While parts are joined, an unknown leads to another one of its part; one leads to itself.
std::uint32_t Parts::find(std::uint32_t unknown) {
  while (part_of_[unknown] != unknown) {
    unknown = part_of_[unknown] = part_of_[part_of_[unknown]];
  }
  return unknown;
}

}  // namespace parcours::sums
