#include "sums/bonds.h"

#include <algorithm>
#include <utility>

namespace parcours {
namespace {

// The ratio v / u where u is not 0, by unknown; one division for all (P. L. Montgomery, "Speeding
// the Pollard and elliptic curve methods of factorization", Math. Comp. 48, 1987).
std::vector<std::pair<Element, std::uint32_t>> ratios(const std::vector<Element>& u,
                                                      const std::vector<Element>& v) {
  std::vector<std::pair<Element, std::uint32_t>> ratios;
  std::vector<Element> products;
  Element product = 1;
  for (std::uint32_t i = 0; i < u.size(); ++i) {
    if (u[i] != 0) {
      ratios.emplace_back(v[i], i);
      products.push_back(product);
      product = times(product, u[i]);
    }
  }
  Element inverted = inverse(product);
  for (std::size_t k = ratios.size(); k-- > 0;) {
    const std::uint32_t i = ratios[k].second;
    ratios[k].first = times(ratios[k].first, times(inverted, products[k]));
    inverted = times(inverted, u[i]);
  }
  return ratios;
}

void to_cells(std::vector<std::uint32_t>& unknowns, const Echelon& echelon) {
  for (std::uint32_t& unknown : unknowns) {
    unknown = echelon.cells()[unknown];
  }
}

}  // namespace

std::vector<std::vector<std::uint32_t>> bonded(const std::vector<Element>& u,
                                               const std::vector<Element>& v) {
  auto by_ratio = ratios(u, v);
  std::ranges::sort(by_ratio);
  std::vector<std::vector<std::uint32_t>> groups;
  for (std::size_t i = 0; i < by_ratio.size();) {
    std::size_t end = i + 1;
    while (end < by_ratio.size() && by_ratio[end].first == by_ratio[i].first) {
      ++end;
    }
    if (end - i > 1) {
      groups.emplace_back();
      for (; i < end; ++i) {
        groups.back().push_back(by_ratio[i].second);
      }
    }
    i = end;
  }
  std::ranges::sort(groups);
  return groups;
}

std::vector<std::vector<std::uint32_t>> bonds(const Echelon& echelon, Random& random) {
  auto groups = bonded(echelon.draw(random), echelon.draw(random));
  for (std::vector<std::uint32_t>& group : groups) {
    to_cells(group, echelon);
  }
  return groups;
}

}  // namespace parcours
