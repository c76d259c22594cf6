// Linkability of dated events, with another export and from one period to the next.
#pragma once

#include <string>

#include "assessment/assess.h"
#include "assessment/assessment.h"
#include "assessment/read_events.h"

namespace parcours::assessment {

// Joins patients of `first` with those of `second`, called `other`, by their events on the same
// days (within each tolerance of the question's curve), by the days since each patient's first
// event, by the order of their codes, and by their codes alone; also with the fields that both
// have. A patient is joined who stands out as in the paper's example: by 1.5
// standard deviations (paths/linkage.h).
Result<PathsLinkageAnswer> link_events(const EventsRead& first, const EventsRead& second,
                                       const std::string& other, const AssessmentQuestion& question,
                                       Progress& progress, const Stop& stop);

// What a patient's code adds that stays the same over question.periods.
Result<SuccessionAnswer> successive(const EventsRead& events, const AssessmentQuestion& question,
                                    Progress& progress, const Stop& stop);

}  // namespace parcours::assessment
