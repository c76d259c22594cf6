// Exact answers for one and for two known pairs, by counting instead of asking about each choice.
//
// One known pair: only its owner fits when every entry of the index within its reach is theirs.
//
// Two known pairs p and q, p the lower number: let S be the entries of the index within the reach
// of p (patients, once for each of their pairs there), and for every pair x let n(x) be how often x
// stands in the records of S. As p moves on through the days of a code, entries come and go, and n
// is kept up to date. A patient A with a pairs near p and b pairs near q puts a * b into the sum of
// n over the reach of q, and anybody else who fits puts in at least 1: so A is alone with {p, q}
// when that sum is a * b. Without a tolerance it is enough to mark every x that was met with p
// once, and every x met more often; of paths with an order apart for x before p and after it.
//
//   A: (J45, 3) (R03, 9)     p = (J45, 3): S = {A, B}, n(R03, 9) = 1, n(R03, 20) = 1
//   B: (J45, 3) (R03, 20)    within 0 days q = (R03, 9) sums to 1 = 1 * 1: A is alone with both
//
// The counting is in same_day_twos.h (no tolerance), week_twos.h (up to seven days) and
// reach_twos.h (more); reach_window.h moves p, later_pairs.h has the records at hand when they are
// needed, and passing_stretches.h copies them where they are few.
//
// G1: both equal what the Matcher says of every choice.
//
// Time: two steps for every two pairs of a record (pair_steps), with a tolerance three. Each is a
// look-up and no branch. Paths have their rarest codes first, so x is mostly of a common code, and
// what is counted stays in the cache. Memory: 2 bytes for every (patient, pair), 4 with a tolerance
// of up to seven days; for every thread 4 for every patient, and for every pair 2 (4 with an
// order), 7 within seven days, 8 within more; within seven days also 6 for every pair of the
// records that are copied (paths/passing_stretches.h), at most 65,535 at a time.
#pragma once

#include <cstdint>
#include <vector>

#include "base/error.h"
#include "base/progress.h"
#include "base/stop.h"
#include "paths/later_pairs.h"
#include "paths/matching.h"

namespace parcours::paths {

// By pair: whether one patient alone fits it.
std::vector<std::uint8_t> lone_pairs(const Neighbourhood& near);

// The sum over patients of the twos that can be chosen from their pairs; the most that a number
// holds when one record is too long to be counted (over 65,536 pairs).
std::uint64_t pair_steps(const Paths& paths);

// By patient: how many of the twos of their pairs nobody else fits. `later` is of the same paths,
// which have no record longer than 65,536 pairs; `lone` is lone_pairs(near), its tolerance at most
// most_days_counted.
inline constexpr std::int32_t most_days_counted = 65'535;
Result<std::vector<std::uint32_t>> lone_twos(const Neighbourhood& near, const LaterPairs& later,
                                             const std::vector<std::uint8_t>& lone, int threads,
                                             Progress& progress, const Stop& stop);

}  // namespace parcours::paths
