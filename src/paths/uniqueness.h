// How many patients do a few known dated events single out?
//
// A record is the set of a patient's distinct (code, day) pairs. The attacker knows m pairs of a
// record. Another patient matches when, for each known pair, they have a pair of the same code at
// most `within_days` days away. The patient is unique when no other patient matches. The unique
// share at m is the mean over patients of the share of all choices of m of their pairs that make
// them unique; a patient with fewer than m pairs is known by all of them.
//
//   patient A: (J45, 3) (R03, 9)      m = 1: A's J45 is B's as well, A's R03 is not: A counts 1/2,
//   B counts 0. patient B: (J45, 3)               all: A is unique, B is not: the share is 1/2.
//
// Where all choices of all patients together are no more than `draws` (and always for m = 1 and the
// whole record), every choice is tried and the share is exact. Else choices are drawn: as many for
// every patient where draws suffice, one for each of a sample of the patients where they do not.
// The interval is then Wilson's at 95 % (E. B. Wilson, "Probable inference", J. Am. Stat. Assoc.
// 22, 1927) on the draws as if they were independent; drawing every patient equally often only
// narrows the truth, so it covers at least that.
//
// G1: the same paths and seed give the same figures, to the last bit, whatever the number of
// threads. G2: an exact share is that of the definition, for every tolerance and every number of
// known events.
//
// Memory: 8 bytes for every patient and, with a tolerance, 8 for every distinct pair, beside the
// paths.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "base/error.h"
#include "base/progress.h"
#include "base/stop.h"
#include "paths/paths.h"

namespace parcours {

struct CurveQuestion {
  std::vector<std::optional<std::uint32_t>> known;  // how many events are known; nothing: all
  std::vector<std::int32_t> within_days;            // tolerances
  std::uint64_t draws = 0;                          // for each point that is not exact, at least 1
  std::uint64_t seed = 0;
  int threads = 1;
};

struct CurvePoint {
  std::optional<std::uint32_t> known;
  std::int32_t within_days = 0;
  double unique_share = 0;
  bool exact = false;
  double low = 0;  // the 95 % interval; both are the share where it is exact
  double high = 0;
};

// One point for each tolerance and each number known, in that order. `paths` has at least one
// patient.
Result<std::vector<CurvePoint>> uniqueness_curve(const Paths& paths, const CurveQuestion& question,
                                                 Progress& progress, const Stop& stop);

// Wilson's interval at 95 % for `share` of `draws`.
struct Interval {
  double low;
  double high;
};
Interval wilson_interval(double share, double draws);

}  // namespace parcours
