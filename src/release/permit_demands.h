// Whether the rules that a release obeys are those that its permit asks for: one of the rules files
// that it names, and at least as strict as it demands.
#pragma once

#include <vector>

#include "formalities/permit.h"
#include "protect/rules.h"
#include "study/permit_check.h"

namespace parcours {

// At least as strict: of a least number (patients_min, width_min, mean_rounding_patients) as large
// or larger; of a share that must not be reached, as small or smaller; of a yes or no, yes.
std::vector<PermitFinding> check_demands(const Rules& rules, const Permit& permit);

}  // namespace parcours
