#include "protect/rule.h"

namespace parcours::protect {

std::string_view name_of(Rule rule) {
  constexpr std::array<std::string_view, all_rules.size()> names = {
      "patients_min",
      "complement_min",
      "practices_min",
      "largest_practice_share_below",
      "without_largest_practice_min",
      "hide_group_disclosure",
      "largest_value_share_below",
  };
  return names[static_cast<std::size_t>(rule)];
}

bool applies(Rule rule, const Rules& rules) {
  const bool of_practices = rule == Rule::practices_min ||
                            rule == Rule::largest_practice_share_below ||
                            rule == Rule::without_largest_practice_min;
  return rules.has_practices || !of_practices;
}

}  // namespace parcours::protect
