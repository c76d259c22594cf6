#include "audit/insiders.h"

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

// u less its part along w, so that it is 0 at `unknown`.
std::vector<Element> without(const std::vector<Element>& u, const std::vector<Element>& w,
                             std::uint32_t unknown) {
  const Element factor = minus(times(u[unknown], inverse(w[unknown])));
  std::vector<Element> rest(u.size());
  for (std::size_t i = 0; i < u.size(); ++i) {
    rest[i] = plus(u[i], times(factor, w[i]));
  }
  return rest;
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

std::vector<Coalition> coalitions(const Echelon& echelon, std::uint32_t first, Random& random) {
  const auto at = std::ranges::lower_bound(echelon.cells(), first);
  const auto known = static_cast<std::uint32_t>(at - echelon.cells().begin());
  const std::vector<Element> w = echelon.draw(random);
  if (at == echelon.cells().end() || *at != first || w[known] == 0) {
    return {};
  }
  const std::vector<Element> u = echelon.draw(random);
  const std::vector<Element> v = echelon.draw(random);
  const std::vector<std::vector<std::uint32_t>> alone = bonded(u, v);
  std::vector<Coalition> found;
  for (const auto& group : bonded(without(u, w, known), without(v, w, known))) {
    for (const std::uint32_t second : group) {
      // What the second one gives away alone is no merit of the two.
      const auto with_second = std::ranges::find_if(alone, [&](const auto& other) {
        return std::ranges::find(other, second) != other.end();
      });
      Coalition coalition{{first, echelon.cells()[second]}, {}};
      for (const std::uint32_t other : group) {
        const bool by_second = with_second != alone.end() &&
                               std::ranges::find(*with_second, other) != with_second->end();
        if (other != second && !by_second) {
          coalition.learn.push_back(echelon.cells()[other]);
        }
      }
      if (!coalition.learn.empty()) {
        found.push_back(std::move(coalition));
      }
    }
  }
  return found;
}

}  // namespace parcours
