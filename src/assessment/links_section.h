// The page's sections on joins: with another export of people or of events, and from one period to
// the next.
#pragma once

#include <nlohmann/json.hpp>

#include "assessment/assessment.h"

namespace parcours::assessment {

// What fills {{#linkage}}, {{#paths_linkage}} and {{#succession}} of risk.html.
nlohmann::json linkage_section(const LinkageAnswer& linkage);
nlohmann::json paths_linkage_section(const PathsLinkageAnswer& linkage);
nlohmann::json succession_section(const SuccessionAnswer& succession, Calendar calendar);

}  // namespace parcours::assessment
