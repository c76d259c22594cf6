// How sure an attacker can be that a person of the population is in the file: delta-presence (M. E.
// Nergiz, M. Atzori, C. Clifton, "Hiding the presence of individuals from shared databases", SIGMOD
// 2007).
//
//   Of four people alike in the population three are in the file: for an attacker who knows what
//   the four have in common, the chance that one of them is in the file is 3/4. If none is, it is
//   0: absence.
#pragma once

#include <cstdint>
#include <span>

#include "base/error.h"
#include "microdata/classes.h"

namespace parcours::microdata {

struct Presence {
  double lowest = 0;  // over the people of the population
  double highest = 0;
  std::uint64_t people = 0;
  std::uint64_t people_sure = 0;  // whose chance is 1
  // Records that fewer people of the population are alike to than records: not one of its people,
  // or a population file that is not whole. The chance is then 1.
  std::uint64_t not_covered = 0;
};

// The population has columns of the chosen names and a line a person, those of the file among them.
Result<Presence> presence(const Microdata& file, std::span<const std::size_t> chosen,
                          const Microdata& population, int threads);

}  // namespace parcours::microdata
