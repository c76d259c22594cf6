// What the page says of lines about people: what their fields give away, and what would help.
#pragma once

#include <nlohmann/json.hpp>

#include "assessment/assessment.h"

namespace parcours {

// What fills {{#people}} of risk.html.
nlohmann::json people_section(const PeopleAnswer& people);

}  // namespace parcours
