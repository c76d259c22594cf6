// The last pass of secondary suppression: what turned out not to be needed is published again, the
// dearest first.
//
// It needs no elimination for each try. Let N be the solutions of the homogeneous system. Publishing s
// leaves the solutions with x_s = 0, and an unsafe i is determined in those exactly when x_i is a
// multiple of x_s on all of N. Two solutions u, v drawn at random from N show it: u_i v_s = u_s v_i.
// Where it is no multiple they differ but for chance (one in 2^60), and chance can only keep a sum
// hidden that need not be. After s is published, the drawn solutions less their part along one of them
// are drawn evenly from what is left of N. Bonds are seen in the same solutions; widths.h holds the
// widths.
//
// What is kept once is needed for good, as N only shrinks: one pass leaves nothing that can be
// published by itself, while the effort lasts.
#pragma once

#include <vector>

#include "protect/sums.h"
#include "protect/widths.h"

namespace parcours {

// `hidden`, less those of `which` that need not be, and what they tell of the safe ones. `widths` holds the widths of these hidden sums; nothing where none
// are asked.
Hidden publish_again(const Sums& sums, Hidden hidden, Widths* widths,
                     const std::vector<bool>& which);

}  // namespace parcours
