// Numbers that no age and no year of birth is.
//
//   age          34 51 -1 999 240     -1 and 999 stand where nothing is known; 240 is a mistake
//   birth_year   1950 0 999 9999      0, 999 and 9999 stand where nothing is known
//   birth_year   50 77 99             years of two digits: none of them does
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "exports/column_role.h"

namespace parcours::exports {

// Of a column of another role every number may be.
bool may_be(ColumnRole role, std::int64_t number);

// The places of texts that are no number of the role, and usual where nothing is known
// (base/stand_ins.h), ascending. None where half of the other texts are no number of the role
// either.
std::vector<std::uint32_t> impossible_stand_ins(ColumnRole role,
                                                std::span<const std::string_view> texts);

}  // namespace parcours::exports
