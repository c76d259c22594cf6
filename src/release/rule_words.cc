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
      return {fmt::format("leaves fewer than {} patients of its group", rules.complement_min),
              fmt::format("laisse moins de {} patients de son groupe", rules.complement_min)};
    case Rule::practices_min:
      return {fmt::format("fewer than {} practices", rules.practices_min),
              fmt::format("moins de {} cabinets", rules.practices_min)};
    case Rule::largest_practice_share_below: {
      const Label limit = percentage(rules.largest_practice_share_below);
      return {fmt::format("one practice has {} of it or more", limit.en),
              fmt::format("un seul cabinet en a {} ou plus", limit.fr)};
    }
    case Rule::hide_group_disclosure:
      return {"everyone in the group would share something sensitive",
              "tout le groupe partagerait une caractéristique sensible"};
    case Rule::largest_value_share_below: {
      const Label limit = percentage(rules.largest_value_share_below);
      return {fmt::format("one patient has {} of the sum or more", limit.en),
              fmt::format("un seul patient apporte {} de la somme ou plus", limit.fr)};
    }
  }
  return {};
}

}  // namespace parcours
