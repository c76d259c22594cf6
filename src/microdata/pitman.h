// Pitman's random partition, fitted to class sizes. For population_uniques' own use.
#pragma once

#include <optional>

#include "microdata/classes.h"

namespace parcours::microdata {

struct PitmanFit {
  double theta;
  double alpha;
  // How many of so many people are expected to be alone.
  double uniques(double people) const;
};

// The likeliest parameters, 0 < alpha < 1 and theta > -alpha; nothing where there are none (no
// unique, or nothing but uniques).
std::optional<PitmanFit> fit_pitman(const ClassSizes& sizes);

}  // namespace parcours::microdata
