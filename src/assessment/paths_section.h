// What the page says of dated events: how few single out, who could do it, who is worst off.
#pragma once

#include <nlohmann/json.hpp>

#include "assessment/assessment.h"

namespace parcours {

// What fills {{#paths}} of risk.html.
nlohmann::json paths_section(const PathsAnswer& paths);

}  // namespace parcours
