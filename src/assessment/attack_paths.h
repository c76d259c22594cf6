// The attacks on dated events, one after another.
#pragma once

#include <functional>
#include <optional>

#include "assessment/assess.h"
#include "assessment/assessment.h"
#include "assessment/read_events.h"

namespace parcours::assessment {

// The curve alone, which needs no more than the events.
struct CurveAnswer {
  PathsAnswer paths;  // the curve; the rest is still empty
  // Personal data: of the headline, where groups are asked for.
  std::optional<paths::PatientShares> told;
};

// `first` is called once, as soon as the curve has its headline: with what stands by then.
using First = std::function<void(const PathsAnswer&)>;
Result<CurveAnswer> attack_curve(const paths::PathsRead& read, const AssessmentQuestion& question,
                                 const First& first, Progress& progress, const Stop& stop);

// All attacks, with the curve of these events. Ways of knowing when that the calendar does not have
// are passed over, and so are groups where the question has no threshold, and periods where it has
// none.
Result<PathsAnswer> attack_paths(CurveAnswer curve, const EventsRead& events,
                                 const AssessmentQuestion& question, Progress& progress,
                                 const Stop& stop);

// Of the tolerances asked for, those that say something of days that are known that precisely: of
// months none of fewer days. At least one.
std::vector<std::int32_t> tolerances(const std::vector<std::int32_t>& asked, Precision precision);

}  // namespace parcours::assessment
