// How many patients do a few known dated events single out?
//
// A record is the set of a patient's distinct (code, day) pairs. The attacker knows m pairs of a
// record. Another patient matches when, for each known pair, they have a pair of the same code at
// most `within_days` days away. The patient is unique when no other patient matches. The unique
// share at m is the mean over patients of the share of all choices of m of their pairs that make
// them unique; a patient with fewer than m pairs is known by all of them. (Y.-A. de Montjoye et
// al., "Unique in the Crowd", Scientific Reports 3, 2013, ask the same of places and hours.)
//
//   patient A: (J45, 3) (R03, 9)      m = 1: A's J45 is B's as well, A's R03 is not: A counts 1/2,
//   B counts 0. patient B: (J45, 3)               all: A is unique, B is not: the share is 1/2.
//
// One known pair, two (where the steps of counting suffice, paths/counting.h) and the whole record
// are exact: every choice of every patient is tried. So is any number where all choices together
// are no more than `draws`. Else choices are drawn: as many for every patient where draws suffice,
// one for each of a sample of the patients where they do not. The interval (base/share.h) takes the
// draws as if they were independent; drawing every patient equally often only narrows the truth, so
// it covers at least that.
//
// G1: the same paths and seed give the same figures, to the last bit, whatever the number of
// threads. G2: an exact share is that of the definition, for every tolerance and every number of
// known events.
//
// Memory: beside the paths 8 bytes for every patient, and with a tolerance for every distinct pair;
// 8 more a patient for their shares; where twos are counted what counting.h says.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "base/error.h"
#include "base/progress.h"
#include "base/share.h"
#include "base/stop.h"
#include "paths/paths.h"

namespace parcours::paths {

// What counting twos may cost unless the caller says otherwise: a minute or two of one core.
inline constexpr std::uint64_t usual_pair_steps = 10'000'000'000;

struct CurveQuestion {
  std::vector<std::optional<std::uint32_t>> known;  // how many events are known; nothing: all
  std::vector<std::int32_t> within_days;            // tolerances
  std::uint64_t draws = 0;                          // for each point that is not exact, at least 1
  std::uint64_t seed = 0;
  int threads = 1;
  std::uint64_t pair_steps = usual_pair_steps;  // 0: twos are never counted
};

struct CurvePoint {
  std::optional<std::uint32_t> known;
  std::int32_t within_days = 0;
  Share share;  // of the patients asked about
  bool exact() const { return share.is_exact; }
};

// One point, patient by patient. Personal data, unlike the point itself.
struct PatientShares {
  CurvePoint point;
  std::uint64_t draws_each = 0;         // for one patient; 0 where it is exact
  std::vector<std::uint32_t> patients;  // whose shares these are, ascending; empty: everyone's
  std::vector<double> shares;
};

// One point for each tolerance and each number known, in that order. `paths` has at least one
// patient, and every patient at least one pair.
Result<std::vector<CurvePoint>> uniqueness_curve(const Paths& paths, const CurveQuestion& question,
                                                 Progress& progress, const Stop& stop);

// The same points in the same order, each handed to `visit` with everybody's shares as soon as it
// is there. An error of `visit` ends the work.
using VisitShares = std::function<Status(const PatientShares&)>;
Status visit_shares(const Paths& paths, const CurveQuestion& question, const VisitShares& visit,
                    Progress& progress, const Stop& stop);

}  // namespace parcours::paths
