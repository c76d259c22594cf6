// Linkability: two exports have different pseudonyms. Can an attacker join their patients by what
// both exports say?
//
// Two exports of one panel may have different clients, columns (align) or periods (succession.h).
// To tell right joins from wrong ones, the truth is needed: who is who. On real files it is known
// if one file was cut in two, or if both have a column that says it.
//
// A patient a of the first is scored against every patient b of the second, as in Scoreboard-RH (A.
// Narayanan, V. Shmatikov, "Robust De-anonymization of Large Sparse Datasets", IEEE S&P 2008): a
// pair of a that b has too, at most `within_days` off, counts its weight; here the information
// log(N / n), where n entries of the second export lie that near and N is its patients (theirs is 1
// / log n, which a pair of one patient has not). The sum is divided by the root of the weights of
// b's own pairs, or long records would win everywhere. The best b is taken when it stands out: the
// eccentricity (best - second best) / (standard deviation of all N scores) is at least the caller's
// (the paper's example: 1.5).
//
// The base rate of chance: the same attack on the same patients with their true partner taken out
// of the second export. Every join is then wrong, so a share of joins that is no higher says
// nothing about persons. If it is not known who is who, patients of the second export stand for
// strangers, each with their own path taken out of it.
//
// exact_joins() takes only those whose whole path equals one path of the other export and no other
// in either: what a join on all columns gives.
//
// An order is known by the codes, and by which code first came next after which (two_exports.h).
//
//   a: (J45, 3) (R03, 9)     second export: x (J45, 3) (R03, 9), y (J45, 3), z (I10, 5)
//   J45 counts log(3/2), R03 log(3/1): x scores best, and is joined when it stands out enough
//
// What both say may be known less well: give known_exports() of both, as codes without days where
// the periods differ; and more of the people may be known (known_people.h). G1: scores and joins
// are this definition. G2: threads change nothing. Memory: up to 16 bytes a thread and patient of
// the second export.
#pragma once

#include <cstdint>
#include <vector>

#include "base/error.h"
#include "base/progress.h"
#include "base/share.h"
#include "base/stop.h"
#include "paths/two_exports.h"

namespace parcours::paths {

// What joining may cost unless the caller says otherwise: some ten seconds of two cores.
inline constexpr std::uint64_t usual_link_steps = 2'000'000'000;

struct LinkQuestion {
  std::int32_t within_days = 0;
  double eccentricity = 0;   // at least 0
  std::uint64_t sample = 0;  // patients of the first export that are tried, at most; at least 1
  std::uint64_t seed = 0;
  int threads = 1;
  // So many entries of the second export are looked at in all, about: where the sample would take
  // more, fewer patients are tried.
  std::uint64_t steps = usual_link_steps;
};

struct LinkFigures {
  std::uint64_t first = 0;    // patients of the first export
  std::uint64_t in_both = 0;  // of them, in the second too; 0 where that is not known
  std::uint64_t tried = 0;    // drawn of those in both; of the first where that is not known
  // Of those tried, who are drawn unless they are all:
  Share joined;
  Share correct;    // joined to themselves
  Share best;       // whose partner scores best alone, whether it stands out or not
  Share by_chance;  // joined when their partner is taken out; or strangers
};

// Both exports have a patient. Where it is known who is who and nobody is in both, nobody is tried.
Result<LinkFigures> link(const TwoExports& exports, const LinkQuestion& question,
                         Progress& progress, const Stop& stop);

struct ExactJoins {
  std::uint64_t joined = 0;
  std::uint64_t correct = 0;  // 0 where who is who is not known
};
ExactJoins exact_joins(const TwoExports& exports);

}  // namespace parcours::paths
