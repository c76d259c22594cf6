#include "sums/insiders.h"

#include <algorithm>
#include <unordered_map>

#include "sums/bonds.h"
#include "sums/parts.h"

namespace parcours::sums {
namespace {

constexpr std::uint64_t most_pairs = 40'000'000;  // looked at, over all parts

// A cell's values in the three solutions, divided by the first. Of a group of bonded cells, which
// all have the same, the first cell alone.
struct Direction {
  std::uint32_t cell;
  Element second;
  Element third;
};

// The unknowns that matter and are not determined, by three solutions.
struct Drawn {
  std::vector<Element> u;  // 0 of those that do not
  std::vector<Element> v;
  std::vector<Element> w;
};

Drawn draw_about(const Echelon& echelon, const std::vector<bool>& about) {
  Random random(2);  // any seed
  Drawn drawn{echelon.draw(random), echelon.draw(random), echelon.draw(random)};
  for (std::size_t unknown = 0; unknown < drawn.u.size(); ++unknown) {
    if (!about[echelon.cells()[unknown]]) {
      drawn.u[unknown] = 0;
    }
  }
  return drawn;
}

// By part, the small ones first: a large one may use up what is left of the effort.
std::vector<std::vector<Direction>> directions_by_part(const Echelon& echelon, const Parts& parts,
                                                       const Drawn& drawn) {
  std::vector<std::vector<Direction>> directions(drawn.u.size());
  const std::vector<Ratio> by_ratio = ratios(drawn.u, drawn.v);
  for (std::size_t i = 0; i < by_ratio.size(); ++i) {
    const auto& [ratio, unknown] = by_ratio[i];
    if (i == 0 || ratio != by_ratio[i - 1].ratio) {
      directions[parts.number(unknown)].push_back(
          {echelon.cells()[unknown], ratio, times(drawn.w[unknown], inverse(drawn.u[unknown]))});
    }
  }
  std::erase_if(directions, [](const auto& part) { return part.empty(); });
  const auto lowest = [](const std::vector<Direction>& part) {
    return std::ranges::min(part, {}, &Direction::cell).cell;
  };
  std::ranges::sort(directions, {}, lowest);
  std::ranges::stable_sort(directions, {}, &std::vector<Direction>::size);
  return directions;
}

// Three directions lie in one plane when, as points, they lie on one line: seen from one of them
// the other two stand at the same slope.
void find_pairs(const std::vector<Direction>& part, std::vector<Insiders::Pair>& pairs) {
  for (const Direction& from : part) {
    std::unordered_map<Element, std::uint32_t> at_slope;
    for (const Direction& to : part) {
      if (to.cell == from.cell) {
        continue;
      }
      const Element across = plus(to.second, minus(from.second));
      const Element up = plus(to.third, minus(from.third));
      const Element slope = across == 0 ? field_prime : times(up, inverse(across));
      const auto [at, fresh] = at_slope.try_emplace(slope, to.cell);
      if (!fresh) {
        pairs.push_back({from.cell, at->second, to.cell});
        break;
      }
    }
  }
}

}  // namespace

Result<Insiders> insiders_of(const System& system, const std::vector<bool>& about,
                             Progress& progress, const Stop& stop) {
  const std::vector<bool> hidden = unknown_cells(system.ranges);
  const Echelon echelon(system.relations, hidden);
  if (stop.requested()) {
    return stopped();
  }
  const Drawn drawn = draw_about(echelon, about);
  Insiders found{bonded(drawn.u, drawn.v), {}, 0};
  for (std::vector<std::uint32_t>& group : found.groups) {
    for (std::uint32_t& unknown : group) {
      unknown = echelon.cells()[unknown];
    }
  }
  const Parts parts(system.relations, echelon.cells(), hidden);
  const auto directions = directions_by_part(echelon, parts, drawn);
  std::uint64_t looked_at = 0;
  progress.begin("looking for insiders", directions.size());
  for (const std::vector<Direction>& part : directions) {
    if (stop.requested()) {
      return stopped();
    }
    const std::uint64_t pairs = static_cast<std::uint64_t>(part.size()) * part.size();
    if (part.size() >= 3 && pairs > most_pairs - looked_at) {
      found.too_many += part.size();
    } else if (part.size() >= 3) {
      looked_at += pairs;
      find_pairs(part, found.pairs);
    }
    progress.add(1);
  }
  progress.end();
  std::ranges::sort(found.pairs, {}, &Insiders::Pair::cell);
  return found;
}

}  // namespace parcours::sums
