// A person of the generated panel. The person is invented.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "base/day.h"
#include "records/patient.h"
#include "synth/population.h"

namespace parcours::synth {

struct Person {
  records::Sex sex = records::Sex::female;
  Day born;
  PlaceNumber place = 0;
  Day from;                  // the practice sees them from this day
  Day until;                 // to this one; both lie in the period, and `from` not before birth
  double need = 1;           // how often they come, compared to others of their age
  std::uint64_t traits = 0;  // what their measures are drawn from

  friend bool operator==(const Person&, const Person&) = default;
};

inline constexpr double days_a_month = 30.4375;

inline int age_at(const Person& person, Day day) {
  return static_cast<int>((day - person.born) / 365.25);
}

}  // namespace parcours::synth
