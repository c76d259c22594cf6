// The page's sections on lines about people: who is singled out by fields, and what would help.
#pragma once

#include <nlohmann/json.hpp>

#include "assessment/figures.h"

namespace parcours::assessment {

// What fills {{#people}} of risk.html. `figures` are those of the whole assessment.
nlohmann::json people_section(const PeopleAnswer& people, const std::vector<Figure>& figures);

}  // namespace parcours::assessment
