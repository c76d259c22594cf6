#include "synth/layout.h"

#include <algorithm>
#include <cmath>

#include "base/int128.h"
#include "synth/draw.h"

namespace parcours::synth {
namespace {

constexpr std::uint64_t layout_stream = 1ULL << 34;
constexpr std::uint32_t regions = 13;

}  // namespace

std::uint32_t usual_practices(std::uint64_t patients) {
  constexpr std::uint64_t patients_of_one = 1300;
  constexpr std::uint64_t least_patients = 20;
  return static_cast<std::uint32_t>(
      std::max(patients / patients_of_one,
               std::clamp<std::uint64_t>(patients / least_patients, 1, regions)));
}

std::vector<PracticePlan> lay_out(const Model& model, std::uint32_t practices,
                                  std::uint64_t patients, std::uint64_t events) {
  Random random(model.seed, layout_stream);
  const std::vector<std::string>& names = model.population.regions();
  std::vector<PracticePlan> plans;
  std::vector<double> sizes;  // added up
  for (std::uint32_t i = 0; i < practices; ++i) {
    constexpr double spread = 0.45;
    sizes.push_back((sizes.empty() ? 0 : sizes.back()) + std::exp(spread * normal(random)));
    const bool in_turn = practices >= names.size() && i < names.size();
    plans.push_back({.number = i,
                     .first_patient = 0,
                     .patients = 0,
                     .events = 0,
                     .home = in_turn ? model.population.place_in(names[i], random)
                                     : model.population.place(random),
                     .tells_story = false});
  }
  // Everybody gets one patient, and the rest by size.
  std::uint64_t given = 0;
  std::uint64_t events_given = 0;
  for (std::uint32_t i = 0; i < practices; ++i) {
    const double share = sizes[i] / sizes.back();
    const std::uint64_t up_to =
        i + 1 == practices
            ? patients
            : i + 1 + static_cast<std::uint64_t>(share * static_cast<double>(patients - practices));
    const auto events_up_to = static_cast<std::uint64_t>(Uint128{events} * up_to / patients);
    plans[i].first_patient = given;
    plans[i].patients = static_cast<std::uint32_t>(up_to - given);
    plans[i].events = events_up_to - events_given;
    given = up_to;
    events_given = events_up_to;
  }
  // The story is told of the least populated region but one: Corsica, the last, is too small.
  plans[practices >= names.size() ? names.size() - 2 : 0].tells_story = true;
  return plans;
}

}  // namespace parcours::synth
