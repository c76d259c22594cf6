// One practice of the panel: its people and all their visits. Everything in it is drawn from the
// panel's seed and the practice's number alone, so it does not depend on the thread that makes it.
#pragma once

#include <cstdint>
#include <optional>

#include "synth/care_path.h"
#include "synth/family.h"
#include "synth/model.h"

namespace parcours::synth {

// What is settled of a practice before anybody in it is drawn.
struct PracticePlan {
  std::uint32_t number;
  std::uint64_t first_patient;  // of the panel, in order of practices
  std::uint32_t patients;
  std::uint64_t events;  // what its visits add up to, but for the last visit
  PlaceNumber home;
  bool tells_story;  // one child of it has allergic asthma under long-term status
};

struct Practice {
  Families families;
  Visits visits;                       // in order of day, then of patient
  std::uint64_t events;                // of these visits
  std::optional<std::uint32_t> child;  // whose story is told
};

Practice make_practice(const Model& model, const PracticePlan& plan, const Manner& manner);

// How many events a patient has on average, drawn from a few practices that are not part of the
// panel.
double events_a_patient(const Model& model, const Manner& manner);

}  // namespace parcours::synth
