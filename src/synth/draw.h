// Random draws from the distributions that the generator uses. Of the mathematical library they use
// only exp and log, so that a seed gives the same panel on every machine.
#pragma once

#include <cmath>
#include <cstddef>
#include <cstdint>

#include "base/random.h"

namespace parcours::synth {

inline bool chance(Random& random, double p) {
  return random.unit() < p;
}

// Near enough to normal, mean 0 and variance 1, from 64 random bits: the sum of four uniform
// numbers; never beyond 3.47.
inline double normal_of(std::uint64_t bits) {
  const auto sum = static_cast<double>((bits & 0xffff) + ((bits >> 16) & 0xffff) +
                                       ((bits >> 32) & 0xffff) + (bits >> 48));
  return (sum / 65536.0 - 2.0 + 2.0 / 65536.0) * 1.7320508075688772;
}

inline double normal(Random& random) {
  return normal_of(random());
}

// By multiplying uniform numbers (Knuth, The Art of Computer Programming, volume 2, 3.4.1), in
// steps for large means.
inline int poisson(Random& random, double mean) {
  int count = 0;
  while (mean > 0) {
    const double step = mean < 16 ? mean : 16;
    mean -= step;
    const double floor = std::exp(-step);
    for (double product = random.unit(); product > floor; product *= random.unit()) {
      ++count;
    }
  }
  return count;
}

inline double exponential(Random& random, double mean) {
  return -mean * std::log(1 - random.unit());
}

// A uniform whole number of [least, most].
inline int between(Random& random, int least, int most) {
  return least + static_cast<int>(random.below(static_cast<std::uint32_t>(most - least + 1)));
}

}  // namespace parcours::synth
