// For tests: a small OMOP database of made-up people, with a trap in nearly every row.
#pragma once

#include <map>
#include <string>

namespace parcours::omop {

// CSV with a header, by table.
const std::map<std::string, std::string>& small_database();

}  // namespace parcours::omop
