// Whether the rules that a release obeys are those that its permit asks for: one of the rules files
// that it names, and at least as strict as it demands.
#pragma once

#include <vector>

#include "formalities/permit.h"
#include "protect/rules.h"
#include "study/permit_check.h"

namespace parcours::release {

// At least as strict: of a least number (patients_min, width_min, mean_rounding_patients) as large
// or larger; of a share that must not be reached, as small or smaller; of a yes or no, yes.
std::vector<study::PermitFinding> check_demands(const protect::Rules& rules,
                                                const formalities::Permit& permit);
// The same but for the names, of a permit under which records were collected: which rules file a
// study obeys is for the study's permit to say.
std::vector<study::PermitFinding> check_strictness(const protect::Rules& rules,
                                                   const formalities::Permit& permit);

}  // namespace parcours::release
