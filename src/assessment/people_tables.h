// Reads several files of people, each with one line a person, as one. A person has the columns of
// all files.
//
//   PERSON.csv   person_id, year_of_birth
//   DEATH.csv    person_id, death_date
//   as one       person_id, year_of_birth, death_date
//
// The patient columns join the files. A person who is not in a file has nothing in its columns.
// Lines stand in order of the patients' codes. If several files have a column of one name, each
// gets its file's name before it.
#pragma once

#include <span>

#include "assessment/inputs.h"
#include "base/error.h"
#include "base/stop.h"

namespace parcours::assessment {

// Two files or more. An error for one without a patient column, in which a patient has several
// lines or a line no patient, or that shares nobody with the first.
Result<Input> one_table_of_people(std::span<Input* const> files, int threads, const Stop& stop);

}  // namespace parcours::assessment
