// What the exercise of the case got, as a person reads it.
#pragma once

#include <string>

#include "assessment/find_release.h"
#include "exercise/find.h"

namespace parcours::cli {

// "One patient of 251,000 fits ...", the shrinking funnel, and what the one path tells.
std::string funnel_text(const exercise::Funnel& funnel);

// "The smallest published group ...": the same on a release.
std::string funnel_text(const assessment::ReleaseFunnel& funnel);

}  // namespace parcours::cli
