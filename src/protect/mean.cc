#include "protect/mean.h"

#include <algorithm>
#include <limits>

#include "base/check.h"

namespace parcours::protect {
namespace {

Int128 size_of(Int128 number) {
  return number < 0 ? -number : number;
}

// In millionths: to the nearest multiple of the unit, halves away from 0.
Int128 rounded_mean(const crowds::ValueCrowd& value, const Rules& rules) {
  const Int128 unit = mean_unit(value, rules);
  const Int128 step = unit * value.patients;
  const Int128 multiples = (size_of(value.sum) * 2 + step) / (2 * step);
  return (value.sum < 0 ? -multiples : multiples) * unit;
}

}  // namespace

crowds::Micro mean_unit(const crowds::ValueCrowd& value, const Rules& rules) {
  const auto n = static_cast<Int128>(value.patients);
  const auto adding = static_cast<Int128>(std::max<std::uint32_t>(value.nonzero, 1));
  // u * n >= k * |sum / adding|, without a division.
  const Int128 needed = static_cast<Int128>(rules.mean_rounding_patients) * size_of(value.sum);
  crowds::Micro power = 1;
  while (true) {
    for (const crowds::Micro unit : {power, 2 * power, 5 * power}) {
      if (static_cast<Int128>(unit) * n * adding >= needed &&
          static_cast<Int128>(unit) * n >= static_cast<Int128>(rules.width_min) * value.unit) {
        return unit;
      }
    }
    PARCOURS_CHECK(power < std::numeric_limits<crowds::Micro>::max() / 100);
    power *= 10;
  }
}

double published_mean(const crowds::ValueCrowd& value, const Rules& rules) {
  PARCOURS_CHECK(value.patients > 0);
  if (rules.mean_rounding_patients == 0) {
    return static_cast<double>(value.sum) / 1e6 / value.patients;
  }
  return static_cast<double>(rounded_mean(value, rules)) / 1e6;
}

SumRange sums_behind_mean(const crowds::ValueCrowd& value, const Rules& rules) {
  if (rules.mean_rounding_patients == 0) {
    return {value.sum, value.sum};
  }
  const Int128 middle = rounded_mean(value, rules) * value.patients;
  const Int128 half = static_cast<Int128>(mean_unit(value, rules)) * value.patients / 2;
  return {middle - half, middle + half};
}

}  // namespace parcours::protect
