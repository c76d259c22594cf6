// Whether printed values look rounded: all are multiples of one number above 2.
#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "audit/decimal.h"

namespace parcours::audit {

// The largest number of which all `values` are multiples, if it is above 2 and says something: six
// different whole values that are not 0 are multiples of 5 by chance once in 15,000 times. `values`
// are different from each other.
std::optional<std::int64_t> apparent_base(std::span<const Decimal> values);

}  // namespace parcours::audit
