// The last pass of secondary suppression. It publishes again the hidden sums that need not be
// hidden, the most expensive first.
//
// It needs no elimination for each try. Let N be the solutions of the homogeneous system.
// Publishing s leaves the solutions with x_s = 0, and an unsafe i is determined in those exactly if
// x_i is a multiple of x_s on all of N. Two random solutions u, v of N show it: then u_i v_s = u_s
// v_i. If x_i is not a multiple of x_s, this equation holds with a probability of only one in 2^60;
// such an accident can only keep a sum hidden that could be published. After s is published,
// subtracting from the solutions their part along one of them gives random solutions of the smaller
// N. The same solutions show bonds; widths.h keeps the widths.
//
// N only shrinks, so a sum that could not be published once cannot be published later. One pass
// therefore leaves no sum that can be published by itself, within the limit of effort.
#pragma once

#include <cstdint>
#include <vector>

#include "base/error.h"
#include "protect/sums.h"
#include "protect/widths.h"

namespace parcours::protect {

// How many field operations it may take: a count, not seconds, so that the same tables always come
// out the same.
inline constexpr std::uint64_t most_operations = 4'000'000'000;

// `hidden`, less those of `which` that need not be, and what they tell of the safe ones. `widths`
// holds the widths of these hidden sums; nothing where none are asked. Where practices know so much
// that `effort_for_practices` does not suffice to ask about each sum, sums are published without,
// and then some are hidden for the practices again. Errors: those of hide_more().
Result<Hidden> publish_again(const Sums& sums, Hidden hidden, Widths* widths,
                             const std::vector<bool>& which,
                             std::uint64_t effort_for_practices = most_operations);

}  // namespace parcours::protect
