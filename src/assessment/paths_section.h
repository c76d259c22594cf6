// The page's section on dated events: patients singled out, attackers, and groups that are singled
// out most.
#pragma once

#include <nlohmann/json.hpp>

#include "assessment/assessment.h"

namespace parcours::assessment {

// What fills {{#paths}} of risk.html.
nlohmann::json paths_section(const PathsAnswer& paths);

}  // namespace parcours::assessment
