// What those who stand in a hidden cell and know its number (the one patient in it, or the practice
// that all its patients come from) can work out: one of them alone, or two who pool what they know.
//
// One alone works out the cells that are bonded to theirs (bonds.h). To know two cells, j and k,
// gives away cell i exactly when on the null space N of the system x_i = c x_j + d x_k. Three
// solutions u, v, w drawn evenly from N show it: (u_i, v_i, w_i) then lies in the plane of those of
// j and k. Chance can only say so of what is not, and does with at most 3 / (2^61 - 1) for each
// pair or three; so what is said here is a warning, not a proof.
//
// Worked example: of a row of three cells all are hidden, and the total is published. Nobody alone
// can tell the others, but any two can tell the third.
#pragma once

#include <cstdint>
#include <vector>

#include "base/error.h"
#include "base/progress.h"
#include "base/stop.h"
#include "sums/system.h"

namespace parcours {

struct Insiders {
  // Cells of which each gives away all the others of its group; two or more in each.
  std::vector<std::vector<std::uint32_t>> groups;
  struct Pair {
    std::uint32_t cell;  // is given away
    std::uint32_t one;   // by these two together, and by neither alone
    std::uint32_t other;
    friend bool operator==(const Pair&, const Pair&) = default;
  };
  std::vector<Pair> pairs;     // one for each cell that two can tell
  std::uint64_t too_many = 0;  // cells that were not tried for pairs: too many hang together
};

// Of the cells of unknown range that nobody can work out; `about` says which of them matter.
Result<Insiders> insiders_of(const System& system, const std::vector<bool>& about,
                             Progress& progress, const Stop& stop);

}  // namespace parcours
