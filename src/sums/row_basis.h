// Rows from which all others follow: a change that leaves their sums as they are leaves every sum.
//
// Tables that share margins say many sums twice. In one system of 3,219 rows 1,376 are enough, and
// a linear program over them takes half the time.
#pragma once

#include <vector>

#include "sums/equations.h"

namespace parcours::sums {

// By row, whether it is kept: short rows before long ones. A row is left out if it follows from
// shorter ones modulo 2^61 - 1; that it then follows over the rationals too is all but certain
// (field.h). Where elimination takes too long, the rows that remain are kept unseen.
std::vector<bool> row_basis(const Equations& equations);

}  // namespace parcours::sums
