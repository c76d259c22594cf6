#include "assessment/cells.h"

#include "page/numbers.h"
#include "page/page.h"

namespace parcours::assessment {

using nlohmann::json;

json count_cell(std::uint64_t number) {
  return page::both(page::thousands(number));
}

json count_cell(const Share& share) {
  return count_cell(static_cast<std::uint64_t>(share.some));
}

json percent_cell(double share) {
  return page::both(page::percentage(share));
}

json percent_cell(std::uint64_t some, std::uint64_t all) {
  return percent_cell(page::part_of(some, all));
}

json share_cell(const Share& share) {
  if (share.of_nobody()) {
    return {{"share", page::both({"-", "-"})}, {"interval", nullptr}};
  }
  if (share.is_exact) {
    return {{"share", percent_cell(share.value())}, {"interval", nullptr}};
  }
  const double value = share.value();
  const int decimals = percent_decimals(share, value > 0 && value < 0.01 ? 2 : 1);
  const tables::Label from = page::decimal(100 * share.low, decimals);
  const tables::Label to = page::decimal(100 * share.high, decimals);
  return {{"share", percent_cell(value)},
          {"interval", page::both({from.en + " to " + to.en, from.fr + " à " + to.fr})}};
}

json listed(const std::vector<std::string>& names) {
  json list = json::array();
  for (const std::string& name : names) {
    list.push_back({{"name", name}, {"then", list.size() + 1 < names.size() ? ", " : ""}});
  }
  return list;
}

}  // namespace parcours::assessment
