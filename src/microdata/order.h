// The order of a column's values, where they have one.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "microdata/dictionary.h"

namespace parcours::microdata {

// By code: the number that the text is, or nothing (a missing value, a text).
std::vector<std::optional<double>> numbers_of(const Dictionary& dictionary);

// By code: its place in the order of the numbers, the missing value last; nothing unless all others
// are numbers and there are some. Codes of equal numbers ("1", "1.0") stand beside each other.
std::optional<std::vector<std::uint32_t>> order_of(const Dictionary& dictionary);

}  // namespace parcours::microdata
