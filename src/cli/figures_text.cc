#include "cli/figures_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <span>

#include "base/printable.h"
#include "page/numbers.h"

namespace parcours {

std::string grouped_text(std::uint64_t number) {
  return thousands(number).en;
}

std::string percent_text(double share) {
  const double percent = share * 100;
  return fmt::format("{:.2f} %", share >= 1   ? percent
                                 : share <= 0 ? 0
                                              : std::clamp(percent, 0.01, 99.99));
}

std::string figure_text(const CurvePoint& point) {
  return point.exact ? percent_text(point.unique_share)
                     : fmt::format("{} ({:.2f} to {:.2f})", percent_text(point.unique_share),
                                   point.low * 100, point.high * 100);
}

std::string share_text(std::uint64_t some, std::uint64_t all) {
  return all == 0 ? "-" : percent_text(static_cast<double>(some) / static_cast<double>(all));
}

std::string names_text(const std::vector<std::string>& names) {
  constexpr std::size_t most = 12;
  std::string text;
  for (const std::string& name : std::span(names).first(std::min(names.size(), most))) {
    text += (text.empty() ? "" : ", ") + printable(name);
  }
  return names.size() <= most ? text : fmt::format("{} and {} more", text, names.size() - most);
}

}  // namespace parcours
