// Visits at fixed ages, independent of illness: children's check-ups and vaccinations.
#pragma once

#include <vector>

#include "synth/codes.h"
#include "synth/season.h"

namespace parcours::synth {

struct CheckUp {
  CodeNumber code;  // a vaccination, or a check's diagnosis
  double chance;
  SeasonNumber season;
};

// All that is due at one age.
struct CheckUpAge {
  int months;
  bool year_round;  // else some time within the year, in its season
  std::vector<CheckUp> due;
};

// In order of age.
std::vector<CheckUpAge> check_ups(const Codes& codes, const Seasons& seasons);

}  // namespace parcours::synth
