// What insiders can work out, one alone or two who pool what they know. An insider stands in a
// hidden cell and knows its number: the one patient in it, or the practice of all its patients.
//
// One insider alone works out the cells that are bonded to theirs (bonds.h). Two cells, j and k,
// give cell i exactly if x_i = c x_j + d x_k on the null space N of the system. Three solutions u,
// v, w drawn evenly from N show it: (u_i, v_i, w_i) then lies in the plane of those of j and k. By
// chance this also holds of other cells, with probability at most 3 / (2^61 - 1) for each pair or
// three. So the result is a warning, not a proof.
//
// Worked example: all three cells of a row are hidden, and its total is published. One insider
// cannot work out the others, but two can work out the third.
#pragma once

#include <cstdint>
#include <vector>

#include "base/error.h"
#include "base/progress.h"
#include "base/stop.h"
#include "sums/system.h"

namespace parcours::sums {

struct Insiders {
  // Groups of two or more cells, of which each gives all others.
  std::vector<std::vector<std::uint32_t>> groups;
  struct Pair {
    std::uint32_t cell;  // can be worked out
    std::uint32_t one;   // from these two together, and by neither alone
    std::uint32_t other;
    friend bool operator==(const Pair&, const Pair&) = default;
  };
  std::vector<Pair> pairs;     // one for each cell that two can tell
  std::uint64_t too_many = 0;  // cells that were not tried for pairs: too many hang together
};

// Of the cells of unknown range that nobody can work out; `about` says which of them matter.
Result<Insiders> insiders_of(const System& system, const std::vector<bool>& about,
                             Progress& progress, const Stop& stop);

}  // namespace parcours::sums
