#include "base/nearest.h"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>
#include <vector>

namespace parcours {
namespace {

// Letters added, left out, replaced, or two neighbours swapped (optimal string alignment).
std::size_t edits_between(std::string_view a, std::string_view b) {
  std::vector<std::size_t> two_above(b.size() + 1);
  std::vector<std::size_t> above(b.size() + 1);
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 1; i <= a.size(); ++i) {
    two_above.swap(above);
    above.swap(row);
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      row[j] =
          std::min({above[j] + 1, row[j - 1] + 1, above[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
        row[j] = std::min(row[j], two_above[j - 2] + 1);
      }
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
