// Finds where a published table contradicts itself: a sum that does not come out. Attacks on such a
// table would say nothing, and so would their failure.
//
// A hidden cell holds at least 1: empty cells are published. Of a dimension that does not sum, the
// total is at least its largest category and at most all of them together.
//
//   a 40, b hidden, total 40     b would be 0, but then it would be published
#pragma once

#include <optional>
#include <string>

#include "tables/table.h"

namespace parcours::attacks {

// A sentence about the first one: "age 6-11, sex _T is 40, but its parts along sex are 41 or more".
std::optional<std::string> contradiction(const tables::Table& table);

}  // namespace parcours::attacks
