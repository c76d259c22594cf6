// What is near each pair of a record, within a tolerance of some days.
//
// Memory: 2 bytes for every (patient, pair).
#pragma once

#include <cstdint>
#include <vector>

#include "paths/matching.h"

namespace parcours::paths {

struct Nearby {
  std::uint8_t reach = 0;  // pairs before it in its reach, and 16 times those after it
  std::uint8_t own = 0;    // pairs of the record within its reach
};

// Beside record_pairs. The tolerance is at most most_days_of_week_twos.
std::vector<Nearby> nearby(const Neighbourhood& near, int threads);

}  // namespace parcours::paths
