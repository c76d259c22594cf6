// The answers of `parcours risk` as a person reads them: the answer first, then the figures, then how they were got.
#pragma once

#include <string>
#include <vector>

#include "paths/read_paths.h"
#include "paths/uniqueness.h"
#include "risk/find.h"
#include "risk/find_release.h"

namespace parcours {

// "8 of 10 patients are singled out by two known dated events."
std::string answer_sentence(const CurvePoint& point);

// The sentence for two known events, a table and the method. `curve` is the answer to `question`.
std::string curve_text(const PathsRead& read, const CurveQuestion& question,
                       const std::vector<CurvePoint>& curve);

// "One patient of 251,000 fits ...", the shrinking funnel, and what the one path tells.
std::string funnel_text(const Funnel& funnel);

// "The smallest published group ...": the same on a release.
std::string funnel_text(const ReleaseFunnel& funnel);

}  // namespace parcours
