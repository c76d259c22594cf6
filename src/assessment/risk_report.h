// An assessment as a page for people: one file that opens offline. The answer comes first, then the
// figures, what would help, how they were got and where they end.
#pragma once

#include <string>
#include <vector>

#include "assessment/assessment.h"
#include "assessment/limits.h"
#include "base/error.h"

namespace parcours::assessment {

// `day` is today's, as 2026-03-06.
Result<std::string> risk_report(const Assessment& assessment, const std::vector<Held>& held,
                                const std::string& day);

}  // namespace parcours::assessment
