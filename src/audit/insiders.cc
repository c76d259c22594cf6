#include "audit/insiders.h"

#include <algorithm>
#include <array>
#include <limits>
#include <numeric>
#include <tuple>
#include <unordered_map>

#include "sums/echelon.h"

namespace parcours {
namespace {

constexpr std::uint64_t most_pairs = 40'000'000;  // looked at, over all parts

// Cells that no chain of sums links tell nothing of each other.
class Parts {
 public:
  explicit Parts(std::size_t cells) : of_(cells) { std::iota(of_.begin(), of_.end(), 0U); }
  std::uint32_t find(std::uint32_t cell) {
    while (of_[cell] != cell) {
      cell = of_[cell] = of_[of_[cell]];
    }
    return cell;
  }
  void join(std::uint32_t a, std::uint32_t b) { of_[find(a)] = find(b); }

 private:
  std::vector<std::uint32_t> of_;
};

// A cell's values in the three solutions, divided by the first: its direction. Cells of one direction
// give each other away.
struct Direction {
  std::uint32_t cell;
  Element second;
  Element third;
};

class InsiderSearch {
 public:
  InsiderSearch(const System& system, const std::vector<bool>& about)
      : system_(system), about_(about), parts_(system.ranges.size()) {}

  Result<Insiders> run(Progress& progress, const Stop& stop) {
    std::vector<bool> hidden(system_.ranges.size());
    for (std::size_t cell = 0; cell < hidden.size(); ++cell) {
      hidden[cell] = !system_.ranges[cell].known();
    }
    join_parts(hidden);
    const Echelon echelon(system_.relations, hidden);
    if (stop.requested()) {
      return stopped();
    }
    for (auto& directions : directions_of(echelon)) {
      parts_found_.push_back(std::move(directions));
    }
    find_groups();
    // The small parts first: a large one may use up what is left.
    std::ranges::sort(parts_found_, {}, &std::vector<Direction>::size);
    progress.begin("looking for insiders", parts_found_.size());
    for (const std::vector<Direction>& part : parts_found_) {
      if (stop.requested()) {
        return stopped();
      }
      find_pairs(part);
      progress.add(1);
    }
    progress.end();
    std::ranges::sort(found_.pairs, {}, &Insiders::Pair::cell);
    return std::move(found_);
  }

 private:
  void join_parts(const std::vector<bool>& hidden) {
    for (const Relation& relation : system_.relations) {
      const Relation::Term* before = nullptr;
      for (const Relation::Term& term : relation.terms) {
        if (hidden[term.cell]) {
          if (before != nullptr) {
            parts_.join(before->cell, term.cell);
          }
          before = &term;
        }
      }
    }
  }

  // By part, of the cells that matter and are not determined. What no sum holds is left out.
  std::vector<std::vector<Direction>> directions_of(const Echelon& echelon) {
    Random random(2);
    std::array<std::vector<Element>, 3> solutions;
    for (std::vector<Element>& solution : solutions) {
      solution = echelon.draw(random);
    }
    std::unordered_map<std::uint32_t, std::vector<Direction>> by_part;
    for (std::uint32_t u = 0; u < echelon.cells().size(); ++u) {
      const std::uint32_t cell = echelon.cells()[u];
      if (!about_[cell] || solutions[0][u] == 0) {
        continue;
      }
      const Element over = inverse(solutions[0][u]);
      by_part[parts_.find(cell)].push_back(
          {cell, times(solutions[1][u], over), times(solutions[2][u], over)});
    }
    std::vector<std::vector<Direction>> parts;
    for (auto& [part, directions] : by_part) {
      parts.push_back(std::move(directions));
    }
    std::ranges::sort(parts, {}, [](const auto& part) { return part.front().cell; });
    return parts;
  }

  void find_groups() {
    for (std::vector<Direction>& part : parts_found_) {
      std::ranges::sort(part, [](const Direction& a, const Direction& b) {
        return std::tie(a.second, a.third, a.cell) < std::tie(b.second, b.third, b.cell);
      });
      std::vector<Direction> alone;  // one of each direction
      for (std::size_t from = 0; from < part.size();) {
        std::size_t to = from;
        std::vector<std::uint32_t> cells;
        while (to < part.size() && part[to].second == part[from].second &&
               part[to].third == part[from].third) {
          cells.push_back(part[to++].cell);
        }
        if (cells.size() > 1) {
          found_.groups.push_back(std::move(cells));
        }
        alone.push_back(part[from]);
        from = to;
      }
      part = std::move(alone);
    }
    std::ranges::sort(found_.groups);
  }

  // Three directions lie in one plane when, as points, they lie on one line: seen from one of them the
  // other two stand at the same slope.
  void find_pairs(const std::vector<Direction>& part) {
    if (part.size() < 3) {
      return;
    }
    const std::uint64_t pairs = static_cast<std::uint64_t>(part.size()) * part.size();
    if (pairs > most_pairs - looked_at_) {
      found_.too_many += part.size();
      return;
    }
    looked_at_ += pairs;
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
          found_.pairs.push_back({from.cell, at->second, to.cell});
          break;
        }
      }
    }
  }

  const System& system_;
  const std::vector<bool>& about_;
  Parts parts_;
  std::vector<std::vector<Direction>> parts_found_;
  Insiders found_;
  std::uint64_t looked_at_ = 0;
};

}  // namespace

Result<Insiders> insiders(const System& system, const std::vector<bool>& about, Progress& progress,
                          const Stop& stop) {
  return InsiderSearch(system, about).run(progress, stop);
}

}  // namespace parcours
