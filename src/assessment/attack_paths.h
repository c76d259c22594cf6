// The attacks on dated events, one after another.
#pragma once

#include "assessment/assess.h"
#include "assessment/assessment.h"
#include "assessment/read_events.h"

namespace parcours::assessment {

// Ways of knowing when that the calendar does not have are passed over, and so are groups where the
// question has no threshold, and periods where it has none.
Result<PathsAnswer> attack_paths(const EventsRead& events, const AssessmentQuestion& question,
                                 Progress& progress, const Stop& stop);

// Of the tolerances asked for, those that say something of days that are known that precisely: of
// months none of fewer days. At least one.
std::vector<std::int32_t> tolerances(const std::vector<std::int32_t>& asked, Precision precision);

}  // namespace parcours::assessment
