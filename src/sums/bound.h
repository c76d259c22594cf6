// Bounds that hold exactly, whatever a program in floating point did.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "sums/equations.h"
#include "sums/fraction.h"

namespace parcours::sums {

// Which numbers the unknowns can be. Over the reals only unknowns with coefficient 1 or -1 are
// narrowed, so that every bound is a whole number all the same.
enum class Numbers { real, whole };

// `ranges` (by unknown) narrowed by what each row's other unknowns leave for one, beginning with
// `rows`. Nothing when some range is empty: there is no solution within them.
std::optional<std::vector<Range>> narrowed(const Equations& equations, std::vector<Range> ranges,
                                           std::span<const std::uint32_t> rows, Numbers numbers);

// The least that direction * unknown can be, from multipliers of the part's rows: for whatever y,
// it is y b + sum over j of (c_j - (y A)_j) x_j, and each term is at least what its range allows.
// The multipliers are read as fractions of small denominators, and the best bound of them is given.
// Nothing when no bound follows.
std::optional<Fraction> least(const Equations& equations, const Equations::Part& part,
                              std::span<const Range> ranges, std::uint32_t unknown, int direction,
                              std::span<const double> multipliers);

}  // namespace parcours::sums
