#include "protect/mean.h"

#include <algorithm>
#include <limits>

#include "base/check.h"

namespace parcours {
namespace {

Int128 size_of(Int128 number) {
  return number < 0 ? -number : number;
}

}  // namespace

Micro mean_unit(const ValueCrowd& value, const Rules& rules) {
  const auto n = static_cast<Int128>(value.patients);
  const auto adding = static_cast<Int128>(std::max<std::uint32_t>(value.nonzero, 1));
  // u * n >= k * |sum / adding|, without a division.
  const Int128 needed = static_cast<Int128>(rules.mean_rounding_patients) * size_of(value.sum);
  Micro power = 1;
  while (true) {
    for (const Micro unit : {power, 2 * power, 5 * power}) {
      if (static_cast<Int128>(unit) * n * adding >= needed) {
        return unit;
      }
    }
    PARCOURS_CHECK(power < std::numeric_limits<Micro>::max() / 100);
    power *= 10;
  }
}

double published_mean(const ValueCrowd& value, const Rules& rules) {
  PARCOURS_CHECK(value.patients > 0);
  if (rules.mean_rounding_patients == 0) {
    return static_cast<double>(value.sum) / 1e6 / value.patients;
  }
  const Int128 unit = mean_unit(value, rules);
  const Int128 step = unit * value.patients;
  // To the nearest multiple, halves away from 0.
  const Int128 multiples = (size_of(value.sum) * 2 + step) / (2 * step);
  const Int128 micro = (value.sum < 0 ? -multiples : multiples) * unit;
  return static_cast<double>(micro) / 1e6;
}

}  // namespace parcours
