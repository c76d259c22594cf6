#include "assessment/assessment.h"

#include <algorithm>

namespace parcours::assessment {

bool enough(const PeopleAnswer& people) {
  return people.drop_order.empty() ||
         2 * people.drop_order.back().alone_left <= people.alike.uniques();
}

bool of_no_use(const PeopleAnswer& people) {
  return !people.drop_order.empty() &&
         100 * people.drop_order.back().alone_left > 99 * people.alike.uniques();
}

const paths::CurvePoint& headline(const std::vector<paths::CurvePoint>& curve) {
  const auto two =
      std::ranges::find(curve, std::optional<std::uint32_t>(2), &paths::CurvePoint::known);
  return two == curve.end() ? curve.front() : *two;
}

const paths::CurvePoint& headline_with_fields(const PathsAnswer& paths) {
  const auto same =
      std::ranges::find(paths.with_fields, headline(paths.curve).known, &paths::CurvePoint::known);
  return same == paths.with_fields.end() ? paths.with_fields.front() : *same;
}

}  // namespace parcours::assessment
