#include "audit/shorten.h"

#include <map>
#include <numeric>
#include <set>

namespace parcours::audit {
namespace {

// Longer ones are not read by anybody, and take long.
constexpr std::size_t longest = 1000;

bool published(const sums::System& system, const tables::Relation& relation) {
  for (const tables::Relation::Term& term : relation.terms) {
    if (!system.ranges[term.cell].known()) {
      return false;
    }
  }
  return true;
}

}  // namespace

Shortener::Shortener(const sums::System& system) : system_(system) {
  starts_.assign(system.ranges.size() + 1, 0);
  std::vector<std::uint32_t> whole;
  for (std::uint32_t r = 0; r < system.relations.size(); ++r) {
    if (published(system, system.relations[r])) {
      whole.push_back(r);
      for (const tables::Relation::Term& term : system.relations[r].terms) {
        ++starts_[term.cell + 1];
      }
    }
  }
  std::partial_sum(starts_.begin(), starts_.end(), starts_.begin());
  holding_.resize(starts_.back());
  std::vector<std::uint32_t> next(starts_.begin(), starts_.end() - 1);
  for (const std::uint32_t r : whole) {
    for (const tables::Relation::Term& term : system.relations[r].terms) {
      holding_[next[term.cell]++] = r;
    }
  }
}

void Shortener::shorten(Derivation& derivation) const {
  std::map<std::uint32_t, std::int64_t> terms;
  for (const Derivation::Term& term : derivation.terms) {
    terms.emplace(term.cell, term.times);
  }
  const auto counts = [&](std::uint32_t cell) { return system_.ranges[cell].low != 0 ? 1 : 0; };
  // How many terms fewer there are when `times` the relation is put in.
  const auto gain = [&](const tables::Relation& relation, std::int64_t times) {
    int fewer = 0;
    for (const tables::Relation::Term& term : relation.terms) {
      const auto at = terms.find(term.cell);
      const std::int64_t now = at == terms.end() ? 0 : at->second;
      const std::int64_t then = now + times * term.coefficient;
      fewer += counts(term.cell) * ((now != 0 ? 1 : 0) - (then != 0 ? 1 : 0));
    }
    return fewer;
  };
  while (terms.size() <= longest) {
    int best = 0;
    std::uint32_t best_relation = 0;
    std::int64_t best_times = 0;
    std::set<std::pair<std::uint32_t, std::int64_t>> tried;
    for (const auto& [cell, times] : terms) {
      for (std::uint32_t at = starts_[cell]; at < starts_[cell + 1]; ++at) {
        const tables::Relation& relation = system_.relations[holding_[at]];
        for (const tables::Relation::Term& term : relation.terms) {
          if (term.cell != cell || times % term.coefficient != 0) {
            continue;
          }
          const std::int64_t put = -times / term.coefficient;
          if (!tried.emplace(holding_[at], put).second) {
            continue;
          }
          if (const int fewer = gain(relation, put); fewer > best) {
            best = fewer;
            best_relation = holding_[at];
            best_times = put;
          }
        }
      }
    }
    if (best == 0) {
      break;
    }
    for (const tables::Relation::Term& term : system_.relations[best_relation].terms) {
      auto& coefficient = terms[term.cell];
      coefficient += best_times * term.coefficient;
      if (coefficient == 0) {
        terms.erase(term.cell);
      }
    }
  }
  derivation.terms.clear();
  std::int64_t common = derivation.over;
  for (const auto& [cell, times] : terms) {
    derivation.terms.push_back({cell, times});
    common = std::gcd(common, times);
  }
  if (common > 1 && derivation.sum % common == 0) {
    derivation.over /= common;
    derivation.sum /= common;
    for (Derivation::Term& term : derivation.terms) {
      term.times /= common;
    }
  }
}

}  // namespace parcours::audit
