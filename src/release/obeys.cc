#include "release/obeys.h"

#include <algorithm>

#include "base/check.h"

namespace parcours {
namespace {

bool leaves_none_or_enough(const Group& group, std::int64_t patients, std::int64_t least) {
  const std::int64_t others = group.patients - patients;
  return others == 0 || others >= least;
}

bool obeys(Rule rule, const CellFacts& facts, const Rules& rules) {
  const Crowd& crowd = facts.crowd;
  switch (rule) {
    case Rule::patients_min:
      return crowd.patients >= rules.patients_min && !facts.moved;
    case Rule::complement_min:
      return std::ranges::all_of(facts.groups, [&](const Group& group) {
        return leaves_none_or_enough(group, crowd.patients, rules.complement_min);
      });
    case Rule::practices_min:
      return crowd.practices >= rules.practices_min;
    case Rule::largest_practice_share_below:
      return crowd.largest_practice < rules.largest_practice_share_below * crowd.patients;
    case Rule::without_largest_practice_min:
      return crowd.patients >= crowd.largest_practice + rules.without_largest_practice_min;
    case Rule::hide_group_disclosure:
      return !rules.hide_group_disclosure ||
             std::ranges::none_of(facts.groups, [&](const Group& group) {
               return group.telling && group.patients == crowd.patients;
             });
    case Rule::largest_value_share_below:
      return true;  // of means
  }
  return false;
}

}  // namespace

std::optional<Rule> disobeyed(const CellFacts& facts, const Rules& rules) {
  if (facts.crowd.patients == 0) {
    return {};
  }
  const auto found = std::ranges::find_if(
      all_rules, [&](Rule rule) { return applies(rule, rules) && !obeys(rule, facts, rules); });
  return found == all_rules.end() ? std::nullopt : std::optional(*found);
}

std::optional<Rule> disobeyed_by_mean(const Crowd& crowd, const Rules& rules) {
  if (crowd.patients == 0) {
    return {};
  }
  PARCOURS_CHECK(crowd.value.has_value());
  const ValueCrowd& value = *crowd.value;
  const std::uint32_t few =
      std::min(value.patients, value.nonzero == 0 ? value.patients : value.nonzero);
  if (few < rules.patients_min) {
    return Rule::patients_min;
  }
  // Of a sum of zero (zeros, or values that cancel out) no value is a small share.
  const auto sum = static_cast<double>(value.sum < 0 ? -value.sum : value.sum);
  const bool obeyed = static_cast<double>(value.largest) < rules.largest_value_share_below * sum;
  return obeyed ? std::nullopt : std::optional(Rule::largest_value_share_below);
}

std::optional<Rule> disobeyed_alone(const Crowd& crowd, const Rules& rules) {
  return disobeyed({crowd, {}}, rules);
}

}  // namespace parcours
