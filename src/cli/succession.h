// What a permit that takes the place of another one in a vault changes, for its keeper to read.
#pragma once

#include <nlohmann/json.hpp>
#include <vector>

#include "base/day.h"
#include "base/text.h"
#include "formalities/acts.h"

namespace parcours::cli {

struct Succession {
  const formalities::KnownPermit* before = nullptr;  // nullptr: it takes nobody's place
  Text dead;                  // why the records of the one before stay dead; empty: they do not
  std::vector<Text> widened;  // what it allows that the one before did not; of dead records nothing
};

// Of a permit that is entered, or that would be on this day.
Succession succession_of(const formalities::Permit& permit,
                         const formalities::Formalities& formalities, Day today);

// "supersedes", "dead", "widens".
nlohmann::ordered_json as_json(const Succession& succession);
// Nothing where it takes nobody's place.
void say(const Succession& succession, bool french);

}  // namespace parcours::cli
