#include "release/obeys.h"

#include <algorithm>

#include "base/check.h"

namespace parcours::release {
namespace {

bool leaves_none_or_enough(const crowds::Group& group, std::int64_t patients, std::int64_t least) {
  const std::int64_t others = group.patients - patients;
  return others == 0 || others >= least;
}

bool obeys(protect::Rule rule, const crowds::CellFacts& facts, const protect::Rules& rules) {
  const crowds::Crowd& crowd = facts.crowd;
  switch (rule) {
    case protect::Rule::patients_min:
      return crowd.patients >= rules.patients_min && !facts.moved;
    case protect::Rule::complement_min:
      return std::ranges::all_of(facts.groups, [&](const crowds::Group& group) {
        return leaves_none_or_enough(group, crowd.patients, rules.complement_min);
      });
    case protect::Rule::practices_min:
      return crowd.practices >= rules.practices_min;
    case protect::Rule::largest_practice_share_below:
      return crowd.largest_practice < rules.largest_practice_share_below * crowd.patients;
    case protect::Rule::without_largest_practice_min:
      return crowd.patients >= crowd.largest_practice + rules.without_largest_practice_min;
    case protect::Rule::hide_group_disclosure:
      return !rules.hide_group_disclosure ||
             std::ranges::none_of(facts.groups, [&](const crowds::Group& group) {
               return group.telling && group.patients == crowd.patients;
             });
    case protect::Rule::largest_value_share_below:
      return true;  // of means
  }
  return false;
}

}  // namespace

std::optional<protect::Rule> disobeyed(const crowds::CellFacts& facts,
                                       const protect::Rules& rules) {
  if (facts.crowd.patients == 0) {
    return {};
  }
  const auto found = std::ranges::find_if(protect::all_rules, [&](protect::Rule rule) {
    return protect::applies(rule, rules) && !obeys(rule, facts, rules);
  });
  return found == protect::all_rules.end() ? std::nullopt : std::optional(*found);
}

std::optional<protect::Rule> disobeyed_by_mean(const crowds::Crowd& crowd,
                                               const protect::Rules& rules) {
  if (crowd.patients == 0) {
    return {};
  }
  PARCOURS_CHECK(crowd.value.has_value());
  const crowds::ValueCrowd& value = *crowd.value;
  const std::uint32_t few =
      std::min(value.patients, value.nonzero == 0 ? value.patients : value.nonzero);
  if (few < rules.patients_min) {
    return protect::Rule::patients_min;
  }
  // Of a sum of zero (zeros, or values that cancel out) no value is a small share.
  const auto sum = static_cast<double>(value.sum < 0 ? -value.sum : value.sum);
  const bool obeyed = static_cast<double>(value.largest) < rules.largest_value_share_below * sum;
  return obeyed ? std::nullopt : std::optional(protect::Rule::largest_value_share_below);
}

std::optional<protect::Rule> disobeyed_alone(const crowds::Crowd& crowd,
                                             const protect::Rules& rules) {
  return disobeyed({crowd, {}}, rules);
}

}  // namespace parcours::release
