// Families: people who live together and go to the same practice.
#pragma once

#include <cstdint>
#include <vector>

#include "synth/model.h"
#include "synth/person.h"

namespace parcours::synth {

// Its members stand together in Families::people: grown-ups first, then their children.
struct Family {
  std::uint32_t first;
  std::uint32_t size;
};

struct Families {
  std::vector<Person> people;
  std::vector<Family> families;
};

// So many people as the country has them, put into families. Each child (under 18 on the last day)
// lives with a grown-up who is 18 to 45 years older, as far as there are any; all of a family live
// in one department: `home`, or now and then another of its region. `opened`: the day from which
// the practice sends records.
Families make_families(const Model& model, PlaceNumber home, Day opened, std::uint32_t people,
                       Random& random);

}  // namespace parcours::synth
