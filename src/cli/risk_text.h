// The answers of `parcours risk` as a person reads them: the answer first, then the figures, then how they were got.
#pragma once

#include <string>

#include "assessment/assessment.h"
#include "risk/find.h"
#include "risk/find_release.h"

namespace parcours {

std::string assessment_text(const Assessment& assessment);

// "One patient of 251,000 fits ...", the shrinking funnel, and what the one path tells.
std::string funnel_text(const Funnel& funnel);

// "The smallest published group ...": the same on a release.
std::string funnel_text(const ReleaseFunnel& funnel);

}  // namespace parcours
