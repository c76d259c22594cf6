// How many of the population are unique, judged from a sample of it: what share of all its people
// are alone in what the chosen columns say.
//
// The sample's class sizes are taken as drawn, without replacement, from a population of
// records / fraction people. With f_i the number of classes of i records in the sample:
//
//   Zayatz   of a sample unique the chance to be a population unique is
//            f_1 h_1 / (f_1 h_1 + f_2 h_2 + ...), h_i the chance that one of i people is drawn
//            (hypergeometric): the population's classes are taken to be of sizes as the sample's.
//            L. V. Zayatz, "Estimation of the percent of unique population elements on a microdata
//            file using the sample", US Bureau of the Census 1991.
//   Pitman   the classes are Pitman's random partition with parameters alpha and theta, found by
//            maximum likelihood; of N people, gamma(theta + 1) / gamma(theta + alpha) N^alpha are
//            unique. N. Hoshino, "Applying Pitman's sampling formula to microdata disclosure risk
//            assessment", J. Off. Stat. 17, 2001.
//   SNB      a class has one person and a negative binomial number more (slide negative binomial);
//            the two parameters and the number of classes are those that expect the classes, the
//            f_1 and the f_2 seen. G. Chen, S. Keller-McNulty, "Estimation of identification
//            disclosure risk in microdata", J. Off. Stat. 14, 1998. (Others take the number of
//            classes from an estimator that knows nothing of the model, by which a population that
//            is SNB is overestimated by half.)
//   Dankar   the rule which to believe: to a fraction of 0.1 Pitman, and Zayatz where there is no
//            Pitman; above, the smaller of SNB and Zayatz, and Zayatz where there is no SNB. F. K.
//            Dankar, K. El Emam, A. Neisa, T. Roffey, "Estimating the re-identification risk of
//            clinical data sets", BMC Med. Inform. Decis. Mak. 12:66, 2012.
//
//   Adult, all nine columns, as 10 % of a population: Zayatz 0.3207, Pitman 0.2768.
#pragma once

#include <optional>

#include "microdata/classes.h"

namespace parcours::microdata {

enum class PopulationModel { zayatz, pitman, snb };

// Shares of the population. One is missing where its equations have no solution.
struct PopulationUniques {
  double zayatz = 0;
  std::optional<double> pitman;
  std::optional<double> snb;
  double dankar = 0;
  PopulationModel dankar_took = PopulationModel::zayatz;
};

// Below this fraction an estimate is an extrapolation from far too few people to be relied on.
inline constexpr double least_fraction = 0.001;

// `fraction` of the population that the file is: over 0, at most 1. With 1 all are the share of
// sample uniques itself.
PopulationUniques population_uniques(const ClassSizes& sizes, double fraction);

}  // namespace parcours::microdata
