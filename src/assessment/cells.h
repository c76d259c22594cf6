// Figures as the page's tables show them, in English and French.
#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "base/share.h"

namespace parcours::assessment {

// "12,345"
nlohmann::json count_cell(std::uint64_t number);

// The same of how many of a share they are.
nlohmann::json count_cell(const Share& share);

// "93.4 %"
nlohmann::json percent_cell(double share);

// The same of some among all.
nlohmann::json percent_cell(std::uint64_t some, std::uint64_t all);

// {"share", "interval"}: "77.9 %" and "77.7 to 78.1", which is null where the share is exact; "-"
// of nobody.
nlohmann::json share_cell(const Share& share);

// Names of columns, each with what follows it: {"name", "then"}.
nlohmann::json listed(const std::vector<std::string>& names);

}  // namespace parcours::assessment
