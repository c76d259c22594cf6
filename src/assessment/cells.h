// Figures as the page's tables show them, in English and French.
#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "paths/uniqueness.h"

namespace parcours {

// "12,345"
nlohmann::json count_cell(std::uint64_t number);

// "93.4 %"
nlohmann::json percent_cell(double share);

// {"share", "interval"}: "77.9 %" and "77.7 to 78.1", which is null where the share is exact.
nlohmann::json share_cell(double share, bool exact, double low, double high);
nlohmann::json share_cell(const CurvePoint& point);

// The same of some of those tried; "-" where nobody was.
nlohmann::json share_cell(std::uint64_t some, std::uint64_t tried, const ShareInterval& interval);

// Names of columns, each with what follows it: {"name", "then"}.
nlohmann::json listed(const std::vector<std::string>& names);

}  // namespace parcours
