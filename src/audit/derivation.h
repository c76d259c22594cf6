// How a hidden cell is worked out from published ones: a sum that a reader can add up by hand.
//
// Elimination (sums/elimination.h) says which cells are determined, over a prime field. Here each
// of them gets a reason in whole numbers, checked in whole numbers:
//
//   over * hidden cell = sum of times * published cell
//
// The cheap ones come first: if only one cell of a sum is unknown, the sum gives it, and this cell
// may complete other sums. If there are several ways to a cell, the one with the fewest terms is
// taken (D. Knuth, "A generalization of Dijkstra's algorithm", Information Processing Letters 6,
// 1977). The other cells are eliminated, and the weights read as fractions. Then every reason is
// shortened: sums among published cells are put in as long as they cancel more terms than they
// bring.
//
// G1: a derivation that is returned holds for every table that fits the sums: the combination of
//     relations that it comes from leaves its cell alone, checked over the integers.
// G2: every cell that elimination calls determined has one, or is named among `unproved`.
//
// Worked example: sex (F, M, T) by age (a, b, T), all published but (F, a). (F, a) = (T, a) - (M,
// a).
#pragma once

#include <cstdint>
#include <vector>

#include "base/error.h"
#include "base/progress.h"
#include "base/stop.h"
#include "sums/system.h"

namespace parcours::audit {

struct Derivation {
  struct Term {
    std::uint32_t cell;
    std::int64_t times;
    friend bool operator==(const Term&, const Term&) = default;
  };
  std::uint32_t cell = 0;
  std::vector<Term> terms;  // published cells; by cell, ascending
  std::int64_t over = 1;    // 1 or more
  std::int64_t sum = 0;     // of the terms; the cell's value is sum / over
  bool possible() const { return sum % over == 0; }
  std::int64_t value() const { return sum / over; }
};

struct Derivations {
  std::vector<Derivation> proved;       // by cell, ascending
  std::vector<std::uint32_t> unproved;  // determined over the field, without a short fraction
};

// Of every cell whose range is not one number and that the others determine.
Result<Derivations> derive(const sums::System& system, Progress& progress, const Stop& stop);

}  // namespace parcours::audit
