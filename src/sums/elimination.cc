#include "sums/elimination.h"

#include "base/check.h"

namespace parcours {
namespace {

Elimination determined_cells(const Echelon& echelon) {
  Elimination elimination;
  for (const std::uint32_t unknown : echelon.determined()) {
    elimination.determined.push_back(echelon.cells()[unknown]);
  }
  return elimination;
}

}  // namespace

Elimination eliminate(std::span<const Relation> relations, const std::vector<bool>& hidden) {
  return determined_cells(Echelon(relations, hidden));
}

Elimination eliminate_and_explain(std::span<const Relation> relations,
                                  const std::vector<bool>& hidden) {
  const Echelon echelon(relations, hidden);
  Elimination elimination = determined_cells(echelon);
  for (const std::uint32_t unknown : echelon.determined()) {
    std::optional<Combination> reason = echelon.reason(unknown);
    PARCOURS_CHECK(reason.has_value());
    elimination.reasons.push_back(*std::move(reason));
  }
  return elimination;
}

}  // namespace parcours
