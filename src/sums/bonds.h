// Who could do better than an outsider: somebody who knows a hidden cell, as a patient or a practice
// that is alone in it does.
//
// Two hidden cells are *bonded* when knowing one gives the other away: on all solutions N of the
// homogeneous system, x_i = c x_j for some c that is not 0. Bonded cells form groups; in a row that
// hides two cells, those two are one. Two solutions u, v drawn evenly from N show it: u_i v_j =
// u_j v_i always holds for bonded cells, and for others with a chance of at most 2 / (2^61 - 1).
//
// G1: bonded cells stand in one group; cells that are not do so with a chance of 2^-60 a pair.
//
// Worked example: a row hides a and b, their sum is known. They are bonded: who is alone in a
// subtracts themselves and has b. Of three hidden cells none is bonded; any two give away the third.
#pragma once

#include <cstdint>
#include <vector>

#include "sums/echelon.h"

namespace parcours {

// Groups of two and more hidden cells, each of which gives away all others of its group. Cells that
// are determined anyway are in none. Cells and groups ascending.
std::vector<std::vector<std::uint32_t>> bonds(const Echelon& echelon, Random& random);

// The same of two solutions given: groups of places, among those where `u` is not 0.
std::vector<std::vector<std::uint32_t>> bonded(const std::vector<Element>& u,
                                               const std::vector<Element>& v);

}  // namespace parcours
