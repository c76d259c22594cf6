// Which hidden cells do the published ones determine?
//
// The published cells are known numbers, the hidden ones unknowns x, and every relation among cells becomes a linear
// equation A x = b in the unknowns. Cell i is determined exactly when the unit vector e_i lies in the row space of A: then
// x_i is a sum of published cells, whatever the counts are.
//
// G1: `determined[i]` is true exactly when e_i lies in the row space (over the field of 2^61 - 1 elements; docs/audit.md says
//     when that can differ from the rationals).
// G2: a determined cell comes with the relations whose combination gives it away.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "tables/relations.h"

namespace parcours {

struct Elimination {
  std::vector<std::uint32_t> determined;  // cells, ascending
};

// `hidden[c]` says whether cell c is hidden; cells are the numbers in `relations`.
Elimination eliminate(std::span<const Relation> relations, const std::vector<bool>& hidden);

}  // namespace parcours
