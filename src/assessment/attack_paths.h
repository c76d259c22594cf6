// The attacks on dated events, one after another.
#pragma once

#include "assessment/assess.h"
#include "assessment/assessment.h"
#include "paths/people.h"
#include "paths/read_paths.h"

namespace parcours {

// `people` are the fields known of the patients of `read`, by their numbers. Ways of knowing when that the calendar does not have are
// passed over, and so are groups where the question has no threshold.
Result<PathsAnswer> attack_paths(const PathsRead& read, const People& people,
                                 const AssessmentQuestion& question, Progress& progress,
                                 const Stop& stop);

}  // namespace parcours
