#include "assessment/limits.h"

#include <fmt/format.h>

#include <charconv>

#include "base/nearest.h"

namespace parcours::assessment {

Result<std::vector<Limit>> parse_limits(const std::vector<std::string>& texts) {
  std::vector<Limit> limits;
  for (const std::string& text : texts) {
    const std::size_t equals = text.find('=');
    Limit limit{text.substr(0, equals)};
    const char* begin =
        text.data() + std::min(equals, text.size()) + (equals < text.size() ? 1 : 0);
    const char* end = text.data() + text.size();
    const auto [read, error] = std::from_chars(begin, end, limit.most);
    if (equals == std::string::npos || equals == 0 || error != std::errc() || read != end ||
        !(limit.most >= 0)) {
      return bad_input(fmt::format("'{}' is not a limit", text), "--limit",
                       "write a limit as singled_out=0.05");
    }
    limits.push_back(std::move(limit));
  }
  return limits;
}

Result<std::vector<Held>> hold(const std::vector<Limit>& limits,
                               const std::vector<Figure>& figures) {
  std::vector<Held> held;
  for (const Limit& limit : limits) {
    const Figure* figure = find_figure(figures, limit.measure);
    if (figure == nullptr || !figure->limit) {
      std::vector<std::string> names;
      for (const Figure& one : figures) {
        if (one.limit) {
          names.push_back(one.id);
        }
      }
      return bad_input(fmt::format("this answer has no measure '{}'", limit.measure), "--limit",
                       nearest_hint(limit.measure, names));
    }
    if (figure->form != Form::count && limit.most > 1) {
      return bad_input(
          fmt::format("the limit {} of {} is not a share", limit.most, limit.measure), "--limit",
          fmt::format("a share is at most 1: {} is {} %", limit.most / 100, limit.most));
    }
    const double high = figure->high();
    held.push_back({limit, figure->what, figure->value(), high, high > limit.most});
  }
  return held;
}

Status within(const std::vector<Held>& held, const std::string& what) {
  std::vector<std::string> over;
  for (const Held& one : held) {
    if (one.over) {
      const std::string up_to =
          one.high > one.value ? fmt::format(" (up to {:.4g})", one.high) : "";
      over.push_back(fmt::format("{} is {:.4g}{}, over the limit of {:.4g}", one.limit.measure,
                                 one.value, up_to, one.limit.most));
    }
  }
  if (over.empty()) {
    return {};
  }
  return refused(fmt::format("{}", fmt::join(over, "; ")), what);
}

}  // namespace parcours::assessment
