// What the exercise of the case got, as a person reads it.
#pragma once

#include <string>

#include "assessment/find_release.h"
#include "exercise/find.h"

namespace parcours {

// "One patient of 251,000 fits ...", the shrinking funnel, and what the one path tells.
std::string funnel_text(const Funnel& funnel);

// "The smallest published group ...": the same on a release.
std::string funnel_text(const ReleaseFunnel& funnel);

}  // namespace parcours
