// The attacks on lines about people, one after another.
#pragma once

#include "assessment/assess.h"
#include "assessment/assessment.h"
#include "exports/persons.h"

namespace parcours::assessment {

// Something is known of the people.
Result<PeopleAnswer> attack_people(exports::Persons& persons, const AssessmentQuestion& question,
                                   Progress& progress, const Stop& stop);

// Joins the people with others by what is known of these people and both files say.
Result<LinkageAnswer> link_people(exports::Persons& persons, exports::Persons& others,
                                  const AssessmentQuestion& question, Progress& progress,
                                  const Stop& stop);

}  // namespace parcours::assessment
