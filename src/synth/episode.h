// Acute illness: which members of a family fall ill, when, and who infects whom.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "synth/model.h"
#include "synth/person.h"

namespace parcours::synth {

struct Episode {
  std::uint32_t member;  // of the family
  Day day;
  IllnessNumber illness;
};

// Of all members while the practice sees them. `pace`: episodes compared to the usual. Pregnancies
// and the like count as episodes.
std::vector<Episode> draw_episodes(const Model& model, std::span<const Person> family, double pace,
                                   Random& random);

// One episode of a person, on some day.
Episode draw_episode(const Model& model, const Person& person, std::uint32_t member,
                     Random& random);

}  // namespace parcours::synth
