#include "sums/whole.h"

#include <algorithm>
#include <optional>

#include "base/check.h"
#include "sums/bound.h"

namespace parcours::sums {
namespace {

class WholeSearch {
 public:
  WholeSearch(const Equations& equations, const Equations::Part& part, std::uint32_t steps)
      : equations_(equations), part_(part), steps_(steps) {}

  WholeAnswer run(std::vector<Range> ranges) {
    WholeAnswer answer;
    answer.outcome = look(std::move(ranges), part_.rows);
    answer.solution = std::move(solution_);
    return answer;
  }

 private:
  using Outcome = WholeAnswer::Outcome;

  Outcome look(std::vector<Range> ranges, std::span<const std::uint32_t> changed) {
    if (steps_ == 0) {
      return Outcome::gave_up;
    }
    --steps_;
    auto narrow = narrowed(equations_, std::move(ranges), changed, Numbers::whole);
    if (!narrow) {
      return Outcome::none;
    }
    const std::optional<std::uint32_t> open = tightest(*narrow);
    if (!open) {
      keep(*narrow);
      return Outcome::solution;
    }
    std::vector<std::uint32_t> rows;
    for (const Equations::Term& in : equations_.column(*open)) {
      rows.push_back(in.index);
    }
    const auto [low, high] = (*narrow)[*open];
    const std::int64_t middle =
        high == no_limit ? std::max<std::int64_t>(low, 0) : low + (high - low) / 2;
    std::vector<Range> upper = *narrow;
    (*narrow)[*open] = {low, middle};
    const Outcome below = look(std::move(*narrow), rows);
    if (below == Outcome::solution) {
      return below;
    }
    upper[*open] = {middle + 1, high};
    const Outcome above = look(std::move(upper), rows);
    return above == Outcome::solution || below == Outcome::none ? above : below;
  }

  // The unknown of the part with the fewest numbers left, more than one.
  std::optional<std::uint32_t> tightest(const std::vector<Range>& ranges) const {
    std::optional<std::uint32_t> best;
    const auto left = [&](std::uint32_t u) { return ranges[u].high - ranges[u].low; };
    for (const std::uint32_t u : part_.unknowns) {
      if (!ranges[u].known() && (!best || left(u) < left(*best))) {
        best = u;
      }
    }
    return best;
  }

  void keep(const std::vector<Range>& ranges) {
    solution_.assign(equations_.unknowns(), 0);
    for (const std::uint32_t u : part_.unknowns) {
      solution_[u] = ranges[u].low;
    }
    PARCOURS_CHECK(equations_.solves(part_, solution_, 1));
  }

  const Equations& equations_;
  const Equations::Part& part_;
  std::uint32_t steps_;
  std::vector<std::int64_t> solution_;
};

}  // namespace

WholeAnswer whole_solution(const Equations& equations, const Equations::Part& part,
                           std::vector<Range> ranges, std::uint32_t steps) {
  return WholeSearch(equations, part, steps).run(std::move(ranges));
}

}  // namespace parcours::sums
