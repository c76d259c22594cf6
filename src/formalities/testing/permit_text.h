// A permit to change in tests: a file that is right, and what becomes of it with other lines.
#pragma once

#include <map>
#include <string>

namespace parcours::formalities {

// Lines by "table.key": {"permit.valid", "[2026-01-01, 2029-12-31]"}; an empty value leaves the key
// out.
std::string permit_text(const std::map<std::string, std::string>& changes = {});

}  // namespace parcours::formalities
