// Divides a panel among practices, before any person is drawn.
#pragma once

#include <cstdint>
#include <vector>

#include "synth/practice.h"

namespace parcours::synth {

// So many practices when nobody says how many: at least 13 where there are people enough.
std::uint32_t usual_practices(std::uint64_t patients);

// Practices of different size; the first 13 lie one in each region, the others where people live.
// All patients and events are shared out.
std::vector<PracticePlan> lay_out(const Model& model, std::uint32_t practices,
                                  std::uint64_t patients, std::uint64_t events);

}  // namespace parcours::synth
