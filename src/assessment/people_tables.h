// Several files of people, each with one line a person, read as one: what is known of a person is
// what any of them says.
//
//   PERSON.csv (person_id, year_of_birth), DEATH.csv (person_id, death_date)
//       person_id, year_of_birth, death_date
//
// They are joined by their patient columns; who is in one alone has nothing in the others' columns.
// Lines stand in order of the patients' codes. A column that several call the same has its file's
// name before it.
#pragma once

#include <span>

#include "assessment/inputs.h"
#include "base/error.h"
#include "base/stop.h"

namespace parcours {

// Two files or more. An error for one without a patient column, in which a patient has several
// lines or a line no patient, or that shares nobody with the first.
Result<Input> one_table_of_people(std::span<Input* const> files, int threads, const Stop& stop);

}  // namespace parcours
