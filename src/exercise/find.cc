#include "exercise/find.h"

#include <algorithm>
#include <tuple>

#include "base/check.h"

namespace parcours::exercise {

FoundPath summed_up(std::vector<PathLine> lines, bool show_path) {
  PARCOURS_CHECK(!lines.empty());
  std::ranges::sort(lines, [](const PathLine& a, const PathLine& b) {
    return std::tie(a.day, a.kind, a.code) < std::tie(b.day, b.kind, b.code);
  });
  FoundPath path;
  path.events = lines.size();
  path.first = lines.front().day;
  path.last = lines.back().day;
  for (const PathLine& line : lines) {
    ++path.events_by_kind[line.kind];
  }
  if (show_path) {
    path.lines = std::move(lines);
  }
  return path;
}

BirthYears birth_years(int age, int year) {
  return {year - age - 1, year - age};
}

}  // namespace parcours::exercise
