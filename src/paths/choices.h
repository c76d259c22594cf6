// Choosing some of several: how many ways there are, each in turn, or one drawn.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "base/random.h"

namespace parcours::paths {

// n choose m, at most `most`.
std::uint64_t choices(std::uint64_t n, std::uint64_t m, std::uint64_t most);

// 0, 1, ... m - 1: the first choice of m places.
std::vector<std::size_t> first_choice(std::size_t m);

// The choice of places below `n` after this one, which is ascending; empty after the last.
std::vector<std::size_t> next_choice(std::vector<std::size_t> places, std::size_t n);

// `m` of `n` places, every choice as likely: Floyd's way (Bentley, Floyd, "A sample of brilliance",
// CACM 30, 1987). In no order.
std::vector<std::size_t> drawn_choice(std::size_t n, std::size_t m, Random& random);

// `wanted` of the numbers below `of`, ascending, every set of them as likely (Knuth, TAOCP 2,
// 3.4.2, algorithm S).
std::vector<std::uint32_t> sample(std::size_t of, std::uint64_t wanted, Random& random);

}  // namespace parcours::paths
