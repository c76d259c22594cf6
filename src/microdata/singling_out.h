// Singling out: descriptions drawn from an export that fit exactly one record of it.
//
// The attacker takes a record of the export and says some of what it says, as a description: "aged
// 71 or more, of this sex, in that region". It singles out when exactly one record fits. That alone
// is no proof of harm: a description that fits one in n people fits exactly one of n strangers more
// than a third of the time (A. Cohen, K. Nissim, "Towards formalizing the GDPR's notion of singling
// out", PNAS 117, 2020). So the same descriptions are tried on as many people who are not in the
// export, which is what chance does, and how many people fit a description among them gives its
// weight w and what n people independent of it would do, n w (1 - w)^(n - 1).
//
// A description is a condition on each of some columns drawn at random: the record's value; for
// numbers, with equal chances, the value, at most it, or at least it.
//
//   2,000 descriptions by four of Adult's nine columns, of the export's 15,081 records.
#pragma once

#include <cstdint>
#include <span>

#include "base/error.h"
#include "base/progress.h"
#include "base/stop.h"
#include "microdata/inference.h"
#include "microdata/microdata.h"

namespace parcours::microdata {

struct SinglingOut {
  Share exported;        // descriptions that fit exactly one record of the export
  Share held_out;        // that fit exactly one of as many people who are not in it
  double by_weight = 0;  // the mean of n w (1 - w)^(n - 1)
  double advantage() const { return exported.value() - held_out.value(); }
};

// `draws.attacks` descriptions, of `columns_each` of the chosen columns each (at most all of them).
// The file's halves are those of `infer`.
Result<SinglingOut> single_out(const Microdata& data, std::span<const std::size_t> chosen,
                               std::size_t columns_each, const AttackDraws& draws,
                               Progress& progress, const Stop& stop);

}  // namespace parcours::microdata
