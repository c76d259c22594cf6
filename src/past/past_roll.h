// Where people stand in the tables of a release, each by the number in the register of people
// (people.h). Personal data.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "crowds/roll.h"
#include "records/patient.h"

namespace parcours::past {

struct PastRoll {
  // Somebody whom another practice holds than the one that the register knows.
  struct Elsewhere {
    std::uint32_t patient;  // the place in `people`
    records::PracticeId practice;
    friend bool operator==(const Elsewhere&, const Elsewhere&) = default;
  };

  std::vector<std::uint32_t> people;  // by patient: the number, ascending
  std::vector<Elsewhere> elsewhere;   // ascending
  std::vector<crowds::Roll::OfTable> tables;

  std::size_t patients() const { return people.size(); }
  friend bool operator==(const PastRoll&, const PastRoll&) = default;
};

}  // namespace parcours::past
