// The rules that a single figure can break, with their names in the rules file.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "protect/rules.h"

namespace parcours::protect {

// In the order in which hidden cells are counted: a cell that breaks several rules stands under the
// first. The last one is about means alone.
enum class Rule : std::uint8_t {
  patients_min,
  complement_min,
  practices_min,
  largest_practice_share_below,
  without_largest_practice_min,
  hide_group_disclosure,
  largest_value_share_below,
};

inline constexpr std::array all_rules = {
    Rule::patients_min,
    Rule::complement_min,
    Rule::practices_min,
    Rule::largest_practice_share_below,
    Rule::without_largest_practice_min,
    Rule::hide_group_disclosure,
    Rule::largest_value_share_below,
};

// As the rules file writes it: "patients_min".
std::string_view name_of(Rule rule);

// Whether the rules ask it: those on practices are not asked of a source without practices.
bool applies(Rule rule, const Rules& rules);

}  // namespace parcours::protect
