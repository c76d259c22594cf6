#include "protect/sums.h"

#include <algorithm>

namespace parcours {

std::vector<std::vector<std::uint32_t>> relations_by_sum(const Sums& sums) {
  std::vector<std::vector<std::uint32_t>> by_sum(sums.unsafe.size());
  for (std::uint32_t r = 0; r < sums.relations.size(); ++r) {
    for (const Relation::Term& term : sums.relations[r].terms) {
      by_sum[term.cell].push_back(r);
    }
  }
  return by_sum;
}

std::optional<std::uint32_t> who_learns(const Sums& sums, std::span<const std::uint32_t> bonded) {
  for (const std::uint32_t who : bonded) {
    const auto learnt = [&](std::uint32_t s) { return s != who && sums.exposed[s]; };
    if (sums.alone[who] && std::ranges::any_of(bonded, learnt)) {
      return who;
    }
  }
  return std::nullopt;
}

}  // namespace parcours
