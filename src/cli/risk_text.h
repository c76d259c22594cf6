// The answers of `parcours risk` as a person reads them: the answer first, then the figures, then
// how they were got.
#pragma once

#include <string>

#include "assessment/assessment.h"

namespace parcours::cli {

std::string assessment_text(const assessment::Assessment& assessment);

}  // namespace parcours::cli
