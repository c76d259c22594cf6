// What the page says of lines about people: what their fields give away, what would help, and what another export adds.
#pragma once

#include <nlohmann/json.hpp>

#include "assessment/assessment.h"

namespace parcours {

// What fills {{#people}} and {{#linkage}} of risk.html.
nlohmann::json people_section(const PeopleAnswer& people);
nlohmann::json linkage_section(const LinkageAnswer& linkage);

}  // namespace parcours
