#include "sums/bonds.h"

#include <algorithm>
#include <utility>

namespace parcours::sums {

// One division for all of them (P. L. Montgomery, "Speeding the Pollard and elliptic curve methods
// of factorization", Math. Comp. 48, 1987).
std::vector<Ratio> ratios(const std::vector<Element>& u, const std::vector<Element>& v) {
  std::vector<Ratio> ratios;
  std::vector<Element> products;
  Element product = 1;
  for (std::uint32_t i = 0; i < u.size(); ++i) {
    if (u[i] != 0) {
      ratios.push_back({v[i], i});
      products.push_back(product);
      product = times(product, u[i]);
    }
  }
  Element inverted = inverse(product);
  for (std::size_t k = ratios.size(); k-- > 0;) {
    const Element divisor = u[ratios[k].unknown];
    ratios[k].ratio = times(ratios[k].ratio, times(inverted, products[k]));
    inverted = times(inverted, divisor);
  }
  std::ranges::sort(ratios);
  return ratios;
}

std::vector<std::vector<std::uint32_t>> bonded(const std::vector<Element>& u,
                                               const std::vector<Element>& v) {
  const std::vector<Ratio> by_ratio = ratios(u, v);
  std::vector<std::vector<std::uint32_t>> groups;
  for (std::size_t i = 0; i < by_ratio.size();) {
    std::size_t end = i + 1;
    while (end < by_ratio.size() && by_ratio[end].ratio == by_ratio[i].ratio) {
      ++end;
    }
    if (end - i > 1) {
      groups.emplace_back();
      for (; i < end; ++i) {
        groups.back().push_back(by_ratio[i].unknown);
      }
    }
    i = end;
  }
  std::ranges::sort(groups);
  return groups;
}

std::vector<Bond> bonds(const Echelon& echelon, Random& random) {
  const std::vector<Element> u = echelon.draw(random);
  const std::vector<Element> v = echelon.draw(random);
  std::vector<Bond> bonds;
  for (std::vector<std::uint32_t>& group : bonded(u, v)) {
    Bond bond;
    const Element first = inverse(u[group.front()]);
    for (std::uint32_t& unknown : group) {
      bond.factors.push_back(times(u[unknown], first));
      unknown = echelon.cells()[unknown];
    }
    bond.cells = std::move(group);
    bonds.push_back(std::move(bond));
  }
  return bonds;
}

}  // namespace parcours::sums
