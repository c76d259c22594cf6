#include "base/nearest.h"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>
#include <vector>

namespace parcours {
namespace {

std::size_t edits_between(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t above = row[j];
      row[j] = std::min({above + 1, row[j - 1] + 1, diagonal + (a[i - 1] == b[j - 1] ? 0 : 1)});
      diagonal = above;
    }
  }
  return row.back();
}

}  // namespace

std::optional<std::string> nearest(std::string_view name, std::span<const std::string> known) {
  if (known.empty()) {
    return {};
  }
  const auto closest = std::ranges::min_element(
      known, {}, [&](const std::string& candidate) { return edits_between(name, candidate); });
  if (edits_between(name, *closest) >
      std::max<std::size_t>(1, std::max(name.size(), closest->size()) / 3)) {
    return {};
  }
  return *closest;
}

std::string nearest_hint(std::string_view name, std::span<const std::string> known) {
  if (known.empty()) {
    return {};
  }
  if (const auto closest = nearest(name, known)) {
    return fmt::format("did you mean '{}'?", *closest);
  }
  constexpr std::size_t dozen = 12;
  const auto shown = known.first(std::min(dozen, known.size()));
  return fmt::format("known: {}{}", fmt::join(shown, ", "), known.size() > dozen ? ", ..." : "");
}

}  // namespace parcours
