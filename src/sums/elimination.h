// Which hidden cells do the published ones determine?
//
// The published cells are known numbers, the hidden ones unknowns x, and every relation among cells
// becomes a linear equation A x = b in the unknowns. Cell i is determined exactly when the unit
// vector e_i lies in the row space of A: then x_i is a sum of published cells, whatever the counts
// are.
//
// G1: `determined` names exactly the cells whose unit vector lies in the row space (over the field
// of 2^61 - 1 elements;
//     docs/audit.md says when that can differ from the rationals).
// G2: a determined cell comes with the relations whose combination gives it: it leaves this
// hidden cell alone, with
//     coefficient 1.
//
// Worked example: of age (a, b) and its total, a alone is hidden. The relation total - a - b = 0
// gives a; its weight is -1. Were b hidden as well, nothing would be determined.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "sums/echelon.h"
#include "sums/system.h"
#include "tables/relations.h"

namespace parcours::sums {

struct Elimination {
  std::vector<std::uint32_t> determined;  // cells, ascending
  std::vector<Combination> reasons;       // one for each of them, where asked for
};

// `hidden[c]` says whether cell c is hidden; cells are the numbers in `relations`.
Elimination eliminate(std::span<const tables::Relation> relations, const std::vector<bool>& hidden);

// The same, with reasons. These may be long: as many relations as it takes.
Elimination eliminate_and_explain(std::span<const tables::Relation> relations,
                                  const std::vector<bool>& hidden);

// A determined cell, and the number that its reason makes of it: as an element of the field, from
// which integer_of() reads a count. Where the sums of a system contradict each other it need not be
// one.
struct WorkedOut {
  std::uint32_t cell;
  Element value;
};

// Every cell of unknown range that the others determine, ascending.
std::vector<WorkedOut> work_out(const System& system);

// The same for an insider who knows one more cell.
std::vector<WorkedOut> work_out(const System& system, std::uint32_t cell, std::int64_t value);

}  // namespace parcours::sums
