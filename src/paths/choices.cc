#include "paths/choices.h"

#include <algorithm>
#include <limits>
#include <numeric>
#include <utility>

namespace parcours::paths {

std::uint64_t choices(std::uint64_t n, std::uint64_t m, std::uint64_t most) {
  m = std::min(m, n - std::min(m, n));
  std::uint64_t result = 1;
  for (std::uint64_t i = 1; i <= m; ++i) {
    if (result > std::numeric_limits<std::uint64_t>::max() / n) {
      return most;
    }
    result = result * (n - m + i) / i;
    if (result >= most) {
      return most;
    }
  }
  return result;
}

std::vector<std::size_t> first_choice(std::size_t m) {
  std::vector<std::size_t> places(m);
  std::iota(places.begin(), places.end(), 0);
  return places;
}

std::vector<std::size_t> next_choice(std::vector<std::size_t> places, std::size_t n) {
  const std::size_t m = places.size();
  std::size_t i = m;
  while (i > 0 && places[i - 1] == n - m + i - 1) {
    --i;
  }
  if (i == 0) {
    return {};
  }
  ++places[i - 1];
  std::iota(places.begin() + static_cast<std::ptrdiff_t>(i), places.end(), places[i - 1] + 1);
  return places;
}

std::vector<std::size_t> drawn_choice(std::size_t n, std::size_t m, Random& random) {
  std::vector<std::size_t> chosen;
  chosen.reserve(m);
  for (std::size_t i = n - m; i < n; ++i) {
    const std::size_t place = random.below(static_cast<std::uint32_t>(i + 1));
    chosen.push_back(std::ranges::find(chosen, place) == chosen.end() ? place : i);
  }
  return chosen;
}

std::vector<std::uint32_t> sample(std::size_t of, std::uint64_t wanted, Random& random) {
  std::vector<std::uint32_t> result;
  result.reserve(wanted);
  for (std::size_t i = 0; i < of && result.size() < wanted; ++i) {
    if (random.below(static_cast<std::uint32_t>(of - i)) < wanted - result.size()) {
      result.push_back(static_cast<std::uint32_t>(i));
    }
  }
  return result;
}

}  // namespace parcours::paths
