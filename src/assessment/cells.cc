#include "assessment/cells.h"

#include "page/numbers.h"
#include "page/page.h"

namespace parcours {

using nlohmann::json;

json count_cell(std::uint64_t number) {
  return both(thousands(number));
}

json percent_cell(double share) {
  return both(percentage(share));
}

json share_cell(double share, bool exact, double low, double high) {
  if (exact) {
    return {{"share", percent_cell(share)}, {"interval", nullptr}};
  }
  const Label from = decimal(100 * low, 1);
  const Label to = decimal(100 * high, 1);
  return {{"share", percent_cell(share)},
          {"interval", both({from.en + " to " + to.en, from.fr + " à " + to.fr})}};
}

json share_cell(const CurvePoint& point) {
  return share_cell(point.unique_share, point.exact, point.low, point.high);
}

json share_cell(std::uint64_t some, std::uint64_t tried, const ShareInterval& interval) {
  return tried == 0 ? json{{"share", both({"-", "-"})}, {"interval", nullptr}}
                    : share_cell(part_of(some, tried), false, interval.low, interval.high);
}

json listed(const std::vector<std::string>& names) {
  json list = json::array();
  for (const std::string& name : names) {
    list.push_back({{"name", name}, {"then", list.size() + 1 < names.size() ? ", " : ""}});
  }
  return list;
}

}  // namespace parcours
