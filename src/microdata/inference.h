// How much more an export discloses about a sensitive column of the people in it than about other
// people.
//
// "Smokers cough" is medical knowledge, and no attack on a smoker in the export. So a seed cuts the
// file in two halves, and one half stands for the export. The attacker guesses the sensitive value
// of people from both halves by the same rule. Only the difference counts: how much more often the
// guess is right for people in the export. This difference is the attribute advantage; the same for
// guessing who is in the export is the membership advantage (S. Yeom, I. Giacomelli, M. Fredrikson,
// S. Jha, "Privacy risk in machine learning: analyzing the connection to overfitting", IEEE CSF
// 2018, experiments 1 and 2).
//
// The guess: of the exported records that agree with the person in the most known columns, the
// commonest sensitive value; of equally common ones the one commoner in the export, and then the
// one that comes first in the file.
//
// Membership: a person is said to be in the export when a record there is like theirs in all chosen
// columns, the sensitive one included. Of those in it this is always right.
//
//   Twenty people, all alike but for the illness: a guess is as often right for those in the export
//   as for the others, and the advantage is about 0. All different in what is known: for those in
//   the export the guess is always right; for the others as often as the nearest have the same.
#pragma once

#include <cstdint>
#include <span>

#include "base/error.h"
#include "base/progress.h"
#include "base/share.h"
#include "base/stop.h"
#include "microdata/microdata.h"

namespace parcours::microdata {

// Exact where everybody of a half was tried, else drawn.
struct Inference {
  Share exported;   // guesses of people in the export that were right
  Share held_out;   // of people who are not
  Share commonest;  // of those not in it, guessed by the export's commonest value alone
  double advantage() const { return exported.value() - held_out.value(); }
};

struct AttackDraws {
  std::size_t attacks;  // on people of each half, at most all
  std::uint64_t seed;
  int threads = 1;
};

// `known` does not have `sensitive`, and at most 255 columns; at least two records. Time: a
// comparison for every attack, record and known column, some billions of them a second.
Result<Inference> infer(const Microdata& data, std::span<const std::size_t> known,
                        std::size_t sensitive, const AttackDraws& draws, Progress& progress,
                        const Stop& stop);

struct Membership {
  Share exported;  // people in the export that are said to be: all
  Share held_out;  // people not in it that are said to be
  double advantage() const { return exported.value() - held_out.value(); }
};
// Of everybody in the file; exact for the halves that the seed makes.
Membership membership(const Microdata& data, std::span<const std::size_t> chosen,
                      std::uint64_t seed, int threads);

}  // namespace parcours::microdata
