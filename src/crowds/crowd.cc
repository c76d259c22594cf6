#include "crowds/crowd.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace parcours::crowds {

std::optional<Micro> micro(double value) {
  constexpr double most = 9.2e12;
  if (!(std::abs(value) <= most)) {
    return {};
  }
  return static_cast<Micro>(std::llround(value * 1e6));
}

void ValueCrowd::add(Micro value) {
  const Micro size = value < 0 ? -value : value;
  ++patients;
  nonzero += value == 0 ? 0 : 1;
  sum += value;
  unit = std::gcd(unit, size);
  second = std::max(second, std::min(largest, size));
  largest = std::max(largest, size);
}

void ValueCrowd::merge(const ValueCrowd& other) {
  patients += other.patients;
  nonzero += other.nonzero;
  sum += other.sum;
  unit = std::gcd(unit, other.unit);
  second = std::max({second, other.second, std::min(largest, other.largest)});
  largest = std::max(largest, other.largest);
}

}  // namespace parcours::crowds
