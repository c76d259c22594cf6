#include "crowds/crowd.h"

#include <algorithm>
#include <cmath>

namespace parcours {

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
  sum += value;
  second = std::max(second, std::min(largest, size));
  largest = std::max(largest, size);
}

void ValueCrowd::merge(const ValueCrowd& other) {
  patients += other.patients;
  sum += other.sum;
  second = std::max({second, other.second, std::min(largest, other.largest)});
  largest = std::max(largest, other.largest);
}

}  // namespace parcours
