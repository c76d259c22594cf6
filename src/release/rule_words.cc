#include "release/rule_words.h"

#include <fmt/format.h>

#include "page/numbers.h"

namespace parcours {

Label words_of(Rule rule, const Rules& rules) {
  switch (rule) {
    case Rule::patients_min:
      return {fmt::format("fewer than {} patients", rules.patients_min),
              fmt::format("moins de {} patients", rules.patients_min)};
    case Rule::complement_min:
      return {
          fmt::format("fewer than {} patients in the rest of its group", rules.complement_min),
          fmt::format("moins de {} patients dans le reste de son groupe", rules.complement_min)};
    case Rule::practices_min:
      return {fmt::format("fewer than {} practices", rules.practices_min),
              fmt::format("moins de {} cabinets", rules.practices_min)};
    case Rule::largest_practice_share_below: {
      const Label limit = percentage(rules.largest_practice_share_below);
      return {fmt::format("one practice has {} or more of its patients", limit.en),
              fmt::format("un seul cabinet compte {} ou plus de ses patients", limit.fr)};
    }
    case Rule::hide_group_disclosure:
      return {"all members of the group share a sensitive value",
              "tous les membres du groupe partagent une valeur sensible"};
    case Rule::largest_value_share_below: {
      const Label limit = percentage(rules.largest_value_share_below);
      return {fmt::format("one patient contributes {} or more of the sum", limit.en),
              fmt::format("un seul patient apporte {} ou plus de la somme", limit.fr)};
    }
  }
  return {};
}

}  // namespace parcours
