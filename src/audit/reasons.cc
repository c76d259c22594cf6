#include "audit/reasons.h"

#include <numeric>
#include <utility>

namespace parcours::audit {
namespace {

constexpr std::int64_t most_above = std::int64_t{1} << 39;
constexpr std::int64_t most_below = std::int64_t{1} << 20;
constexpr Int128 most_total = static_cast<Int128>(1) << 62;

}  // namespace

// Rational reconstruction by Euclid's algorithm, stopped half-way (P. S. Wang, "A p-adic algorithm
// for univariate partial fractions", SYMSAC 1981).
std::optional<SmallFraction> fraction_of(sums::Element element) {
  auto r0 = static_cast<std::int64_t>(sums::field_prime);
  auto r1 = static_cast<std::int64_t>(element);
  std::int64_t t0 = 0;
  std::int64_t t1 = 1;
  while (r1 >= most_above) {
    const std::int64_t quotient = r0 / r1;
    r0 = std::exchange(r1, r0 - quotient * r1);
    t0 = std::exchange(t1, t0 - quotient * t1);
  }
  if (t1 == 0 || t1 > most_below || t1 < -most_below || std::gcd(r1, t1) != 1) {
    return std::nullopt;
  }
  return t1 > 0 ? SmallFraction{r1, t1} : SmallFraction{-r1, -t1};
}

std::optional<Derivation> in_whole_numbers(const sums::System& system, const FieldWeights& weights,
                                           std::uint32_t cell) {
  std::vector<std::pair<std::uint32_t, SmallFraction>> fractions;
  std::int64_t over = 1;
  for (const auto& [relation, weight] : weights) {
    if (weight == 0) {
      continue;
    }
    const std::optional<SmallFraction> fraction = fraction_of(weight);
    if (!fraction) {
      return std::nullopt;
    }
    over = std::lcm(over, fraction->below);
    if (over > most_below) {
      return std::nullopt;
    }
    fractions.emplace_back(relation, *fraction);
  }
  std::map<std::uint32_t, Int128> total;  // by cell, of `over` times the combination
  for (const auto& [relation, fraction] : fractions) {
    const Int128 times = static_cast<Int128>(fraction.above) * (over / fraction.below);
    for (const tables::Relation::Term& term : system.relations[relation].terms) {
      total[term.cell] += times * term.coefficient;
    }
  }
  Derivation derivation{cell, {}, over, 0};
  Int128 sum = 0;
  for (const auto& [other, times] : total) {
    const sums::Range& range = system.ranges[other];
    if (!range.known()) {
      if (times != (other == cell ? over : 0)) {
        return std::nullopt;
      }
    } else if (times != 0) {
      if (times >= most_total || times <= -most_total) {
        return std::nullopt;
      }
      derivation.terms.push_back({other, -static_cast<std::int64_t>(times)});
      sum -= times * range.low;
    }
  }
  if (sum >= most_total || sum <= -most_total || !total.contains(cell)) {
    return std::nullopt;
  }
  derivation.sum = static_cast<std::int64_t>(sum);
  return derivation;
}

}  // namespace parcours::audit
