// The gate's own check of what protection says of widths: moves that it adds up, in its own
// numbers.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "protect/witness.h"
#include "release/people_numbers.h"
#include "sums/system.h"

namespace parcours::release {

struct Witnessed {
  std::uint32_t figure;
  std::int64_t width;  // so many numbers wide at least
  bool whole;          // the moves are of whole numbers
};

// Of each witness whose moves leave every sum as it is and everybody within the ranges, from what
// is counted; of the others nothing. An unknown of a range of one number does not move.
std::vector<Witnessed> checked(std::span<const protect::Witness> witnesses,
                               const PeopleNumbers& numbers, const sums::System& system,
                               std::span<const std::int64_t> counts);

}  // namespace parcours::release
