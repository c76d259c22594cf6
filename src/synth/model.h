// All tables that the generator needs before it draws a person. A panel has one model, shared by
// its threads.
#pragma once

#include <cstdint>
#include <vector>

#include "base/day.h"
#include "synth/check_up.h"
#include "synth/codes.h"
#include "synth/illness.h"
#include "synth/measure.h"
#include "synth/population.h"
#include "synth/season.h"

namespace parcours::synth {

// Something in a person's past, or an allergy.
struct Background {
  CodeNumber code;
  Rates rates;  // share of people
};

struct Model {
  // `first` and `last`: the period, both ends included. Epidemics are drawn from the seed.
  Model(Day first_day, Day last_day, std::uint64_t panel_seed);

  Day first;
  Day last;
  std::uint64_t seed;
  Population population;
  Codes codes;
  Seasons seasons;
  Measures measures;
  Illnesses illnesses;
  std::vector<CheckUpAge> check_ups;
  std::vector<Background> backgrounds;
};

}  // namespace parcours::synth
