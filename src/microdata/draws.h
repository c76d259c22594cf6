// Records drawn by a seed. For this module's own use.
#pragma once

#include <cstdint>
#include <numeric>
#include <utility>
#include <vector>

#include "base/random.h"

namespace parcours::microdata {

// 0 .. count - 1 in an order drawn by the seed, every order as likely (Durstenfeld, CACM 7, 1964).
inline std::vector<std::uint32_t> shuffled(std::size_t count, std::uint64_t seed,
                                           std::uint64_t stream) {
  std::vector<std::uint32_t> order(count);
  std::iota(order.begin(), order.end(), 0);
  Random random(seed, stream);
  for (std::size_t i = count; i > 1; --i) {
    std::swap(order[i - 1], order[random.below(static_cast<std::uint32_t>(i))]);
  }
  return order;
}

// The file cut in two by the seed: the records that are taken for the export, and as many people
// (or one more) that are taken not to be in it.
struct Halves {
  std::vector<std::uint32_t> exported;
  std::vector<std::uint32_t> held_out;
};
inline Halves halves_of(std::size_t records, std::uint64_t seed) {
  const std::vector<std::uint32_t> order = shuffled(records, seed, 0);
  const auto middle = order.begin() + static_cast<std::ptrdiff_t>(records / 2);
  return {{order.begin(), middle}, {middle, order.end()}};
}

}  // namespace parcours::microdata
