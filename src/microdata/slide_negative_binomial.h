// The slide negative binomial distribution of class sizes, fitted to a sample. For
// population_uniques' own use.
#pragma once

#include <optional>

#include "microdata/classes.h"

namespace parcours::microdata {

// A class has 1 + X people, X negative binomial: it has one alone with probability beta^alpha.
struct SlideNegativeBinomialFit {
  double classes;  // in the population
  double alpha;
  double beta;
  double uniques() const;
};

// The parameters and the number of classes that expect as many classes, ones and twos as the sample
// has. Nothing where no parameters do.
std::optional<SlideNegativeBinomialFit> fit_slide_negative_binomial(const ClassSizes& sizes,
                                                                    double fraction);

}  // namespace parcours::microdata
