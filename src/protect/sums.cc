#include "protect/sums.h"

#include <algorithm>
#include <map>
#include <unordered_set>

namespace parcours::protect {

std::vector<std::vector<std::uint32_t>> relations_by_sum(const Sums& sums) {
  std::vector<std::vector<std::uint32_t>> by_sum(sums.unsafe.size());
  for (std::uint32_t r = 0; r < sums.relations.size(); ++r) {
    for (const tables::Relation::Term& term : sums.relations[r].terms) {
      by_sum[term.cell].push_back(r);
    }
  }
  return by_sum;
}

std::optional<std::uint32_t> who_learns(const Sums& sums, std::span<const std::uint32_t> bonded,
                                        const Told& told) {
  // The one patient in a sum knows no other; the practice of several patients may.
  const auto knows_both = [&](std::uint32_t who, std::uint32_t s) {
    return !sums.practice.empty() && sums.practice[who] != 0 &&
           sums.practice[who] == sums.practice[s] && sums.counts[who] > 1;
  };
  for (const std::uint32_t who : bonded) {
    const auto learnt = [&](std::uint32_t s) {
      return s != who && sums.exposed[s] && !knows_both(who, s) && !(told && told(who, s));
    };
    if (sums.alone[who] && std::ranges::any_of(bonded, learnt)) {
      return who;
    }
  }
  return std::nullopt;
}

std::vector<std::vector<std::uint32_t>> known_to_practices(const Sums& sums) {
  std::map<std::uint32_t, std::vector<std::uint32_t>> by_practice;
  for (std::uint32_t s = 0; s < sums.practice.size(); ++s) {
    if (sums.practice[s] != 0 && !sums.fixed[s]) {
      by_practice[sums.practice[s]].push_back(s);
    }
  }
  std::vector<std::vector<std::uint32_t>> known;
  for (auto& [practice, of_practice] : by_practice) {
    if (of_practice.size() > 1) {
      known.push_back(std::move(of_practice));
    }
  }
  std::ranges::sort(known);
  return known;
}

std::vector<bool> marked(const std::vector<std::vector<std::uint32_t>>& lists, std::size_t sums) {
  std::vector<bool> made(sums, false);
  for (const std::vector<std::uint32_t>& list : lists) {
    for (const std::uint32_t sum : list) {
      made[sum] = true;
    }
  }
  return made;
}

Hidden in_question(const Sums& sums, const std::vector<std::vector<std::uint32_t>>& by_sum,
                   const Hidden& hidden, std::span<const std::uint32_t> known) {
  Hidden open(hidden.size(), false);
  std::unordered_set<std::uint32_t> met;
  std::unordered_set<std::uint32_t> relations_met;
  for (const std::uint32_t first : known) {
    if (!hidden[first] || !met.insert(first).second) {
      continue;
    }
    std::vector<std::uint32_t> linked{first};
    for (std::size_t next = 0; next < linked.size(); ++next) {
      for (const std::uint32_t r : by_sum[linked[next]]) {
        if (!relations_met.insert(r).second) {
          continue;
        }
        for (const tables::Relation::Term& term : sums.relations[r].terms) {
          if (hidden[term.cell] && met.insert(term.cell).second) {
            linked.push_back(term.cell);
          }
        }
      }
    }
    const auto is_known = [&](std::uint32_t sum) { return std::ranges::binary_search(known, sum); };
    if (std::ranges::count_if(linked, is_known) > 1) {
      for (const std::uint32_t sum : linked) {
        open[sum] = !is_known(sum);
      }
    }
  }
  return open;
}

}  // namespace parcours::protect
