// What an insider can work out: a patient or a practice that is alone in a hidden cell knows this
// cell.
//
// Two hidden cells are *bonded* if the value of one gives the value of the other: on all solutions
// N of the homogeneous system, x_i = c x_j for some c that is not 0 (docs/audit.md, Lemma 3).
// Bonded cells form groups; in a row that hides two cells, those two are one. Two solutions u, v
// drawn evenly from N show it: u_i v_j = u_j v_i always holds for bonded cells, and for others with
// a chance of at most 2 / (2^61 - 1).
//
// This is the one place that asks so: `protect` of what it hides, the gate and the attacks of what
// leaves, the audit of what anybody published (insiders.h).
//
// G1: bonded cells stand in one group; cells that are not do so with a chance of 2^-60 a pair.
// G2: when the first cell of a bond changes by 1, each changes by its factor.
//
// Worked example: a row hides a and b, their sum is known. They are bonded, by the factors 1 and
// -1: a patient alone in a subtracts 1 and has b. Of three hidden cells none is bonded; any two
// give the third.
#pragma once

#include <cstdint>
#include <vector>

#include "sums/echelon.h"

namespace parcours::sums {

// Two or more hidden cells, each of which gives all others.
struct Bond {
  std::vector<std::uint32_t> cells;  // ascending
  std::vector<Element> factors;      // by cell; of the first 1
};

// Every bond, in the order of their cells. Cells that are determined anyway are in none.
std::vector<Bond> bonds(const Echelon& echelon, Random& random);

// The same of two solutions given: groups of unknowns, among those where `u` is not 0.
std::vector<std::vector<std::uint32_t>> bonded(const std::vector<Element>& u,
                                               const std::vector<Element>& v);

// Whether two unknowns are bonded, by two solutions.
inline bool bonded(const std::vector<Element>& u, const std::vector<Element>& v, std::uint32_t i,
                   std::uint32_t j) {
  return times(u[i], v[j]) == times(u[j], v[i]);
}

// v / u of every unknown where `u` is not 0, ascending: bonded unknowns stand side by side.
struct Ratio {
  Element ratio;
  std::uint32_t unknown;
  friend auto operator<=>(const Ratio&, const Ratio&) = default;
};
std::vector<Ratio> ratios(const std::vector<Element>& u, const std::vector<Element>& v);

}  // namespace parcours::sums
