// Care paths as an attacker sees them who also knows fields of the person: the sex, the year of
// birth, where the person lives.
//
// Every code becomes the code and all that is known of the person, so that another patient has the
// same event only where the fields are the same too (not known is a value like others). What comes
// out are paths like others, and every figure of uniqueness.h and linkage.h can be asked of them;
// their code numbers stand for nothing outside them.
//
//   A, F: (J45, 3) (R03, 9)     B, M: (J45, 3)     C, F: (J45, 3)
//   J45 on day 3 fits A, B and C; with the sex known, A and C
//
// G1: known_people() is this definition.
//
// Memory: beside what comes out, 12 bytes a patient, 8 a code, and 12 for every event of the
// largest group of people who are alike.
#pragma once

#include "base/error.h"
#include "base/stop.h"
#include "paths/paths.h"
#include "paths/people.h"
#include "paths/two_exports.h"

namespace parcours::paths {

// Patients keep their numbers.
Result<Paths> known_people(const Paths& paths, const People& people, const Stop& stop);

// The same of two exports, for the fields that both have, by name and by what their labels say. Of
// a field of numbers, what is not known is nobody else's: it joins no strangers.
Result<TwoExports> known_people(const TwoExports& exports, const People& first,
                                const People& second, const Stop& stop);

// The fields that both have.
std::vector<std::string> common_fields(const People& first, const People& second);

}  // namespace parcours::paths
