#include "release/people_numbers.h"

namespace parcours {

Relation renumbered(const Relation& relation, const PeopleNumbers& unknowns, std::size_t table) {
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

}  // namespace parcours
