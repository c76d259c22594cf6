#include "sums/fraction.h"

#include <fmt/format.h>

#include <utility>

#include "base/check.h"

namespace parcours::sums {

Fraction Fraction::of(Int128 above, Int128 below) {
  PARCOURS_CHECK(below != 0);
  Int128 divisor = below < 0 ? -below : below;
  for (Int128 rest = above < 0 ? -above : above; rest != 0;) {
    divisor = std::exchange(rest, divisor % rest);
  }
  divisor = below < 0 ? -divisor : divisor;
  return {above / divisor, below / divisor};
}

std::int64_t Fraction::floor() const {
  const Int128 down = above >= 0 ? above / below : -((-above + below - 1) / below);
  return static_cast<std::int64_t>(down);
}

std::int64_t Fraction::ceil() const {
  const Int128 up = above >= 0 ? (above + below - 1) / below : -(-above / below);
  return static_cast<std::int64_t>(up);
}

bool operator<(const Fraction& a, const Fraction& b) {
  return a.above * b.below < b.above * a.below;
}

std::string to_string(const Fraction& fraction) {
  const std::string above = fmt::format("{}", static_cast<std::int64_t>(fraction.above));
  return fraction.whole() ? above
                          : fmt::format("{}/{}", above, static_cast<std::int64_t>(fraction.below));
}

}  // namespace parcours::sums
