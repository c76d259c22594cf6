#include "protect/publishing.h"

#include <algorithm>
#include <functional>

#include "base/check.h"
#include "base/random.h"
#include "sums/bonds.h"
#include "sums/echelon.h"
#include "sums/parts.h"

namespace parcours {
namespace {

// How many field operations it may take: a count, not seconds, so that the same tables always come
// out the same.
constexpr std::uint64_t most_operations = 4'000'000'000;
constexpr std::size_t draws = 96;

// The second pass.
class Publishing {
 public:
  Publishing(const Sums& sums, Hidden hidden, Widths* widths)
      : sums_(sums), hidden_(std::move(hidden)), widths_(widths) {}

  Hidden run(const std::vector<bool>& which) {
    std::vector<std::uint32_t> candidates;
    for (std::uint32_t s = 0; s < hidden_.size(); ++s) {
      if (hidden_[s] && which[s] && !sums_.unsafe[s] && !sums_.is_unseen(s)) {
        candidates.push_back(s);
      }
    }
    std::ranges::stable_sort(candidates, std::greater<>(),
                             [&](std::uint32_t s) { return sums_.costs[s]; });
    std::size_t next = 0;
    while (next < candidates.size() && operations_ <= most_operations) {
      next = run_round(candidates, next);
    }
    // Where the effort ended early: what is known all the same need not look hidden.
    const Echelon echelon(sums_.relations, hidden_);
    for (const std::uint32_t unknown : echelon.determined()) {
      PARCOURS_CHECK(!sums_.unsafe[echelon.cells()[unknown]]);
      show(echelon.cells()[unknown]);
    }
    return std::move(hidden_);
  }

 private:
  // Tries candidates from `next` on with one set of draws; says how far it came.
  std::size_t run_round(const std::vector<std::uint32_t>& candidates, std::size_t next) {
    const Echelon echelon(sums_.relations, hidden_);
    operations_ += echelon.work();
    const std::span<const std::uint32_t> cells = echelon.cells();
    const Parts parts(sums_.relations, cells, hidden_);
    solutions_.clear();
    for (std::size_t i = 0; i < draws; ++i) {
      solutions_.push_back(echelon.draw(random_));
    }
    // By part, how many solutions are still its own: each sum that is published costs it one.
    std::vector<std::size_t> left(cells.size(), draws);
    for (; next < candidates.size() && operations_ <= most_operations; ++next) {
      const std::uint32_t sum = candidates[next];
      if (!hidden_[sum]) {
        continue;
      }
      const auto unknown =
          static_cast<std::uint32_t>(std::ranges::lower_bound(cells, sum) - cells.begin());
      const std::vector<std::uint32_t>& part = parts.of(unknown);
      std::size_t& own = left[part.front()];
      if (own < 3) {
        return next;
      }
      operations_ += part.size();
      if (known(unknown)) {
        show(sum);
        continue;
      }
      if (gives_away(unknown, part, cells) || teaches(unknown, part, cells, own - 1) ||
          (widths_ != nullptr && !widths_->publish(sum))) {
        continue;
      }
      publish(unknown, part, cells, --own);
    }
    return next;
  }

  // What is 0 in every solution is known to everybody: nothing rests on its being hidden.
  bool known(std::uint32_t unknown) const {
    return solutions_[0][unknown] == 0 && solutions_[1][unknown] == 0;
  }

  void show(std::uint32_t sum) {
    if (hidden_[sum] && widths_ != nullptr) {
      widths_->show_known(sum);
    }
    hidden_[sum] = false;
  }

  // Whether some unsafe sum is a multiple of this one on all that is left of the solutions.
  bool gives_away(std::uint32_t unknown, const std::vector<std::uint32_t>& part,
                  std::span<const std::uint32_t> cells) const {
    return std::ranges::any_of(part, [&](std::uint32_t i) {
      return sums_.unsafe[cells[i]] && bonded(solutions_[0], solutions_[1], i, unknown);
    });
  }

  // Whether somebody who is alone in a sum would learn another one if this one were published.
  bool teaches(std::uint32_t unknown, const std::vector<std::uint32_t>& part,
               std::span<const std::uint32_t> cells, std::size_t last) {
    if (sums_.alone.empty() || solutions_[last][unknown] == 0) {
      return false;  // where all solutions are 0 it is known already
    }
    const std::vector<Element>& along = solutions_[last];
    const Element scale = minus(inverse(along[unknown]));
    const Element from_u = times(solutions_[0][unknown], scale);
    const Element from_v = times(solutions_[1][unknown], scale);
    std::vector<std::uint32_t> sums;
    std::vector<Element> u;
    std::vector<Element> v;
    for (const std::uint32_t j : part) {
      if (j != unknown && (sums_.alone[cells[j]] || sums_.exposed[cells[j]])) {
        sums.push_back(cells[j]);
        u.push_back(plus(solutions_[0][j], times(from_u, along[j])));
        v.push_back(plus(solutions_[1][j], times(from_v, along[j])));
      }
    }
    operations_ += 8 * sums.size();
    return std::ranges::any_of(bonded(u, v), [&](std::vector<std::uint32_t> group) {
      for (std::uint32_t& place : group) {
        place = sums[place];
      }
      return who_learns(sums_, group).has_value();
    });
  }

  // Leaves of the solutions those in which this one is 0; `last` is the number of those. Publishes
  // it, and with it all that then is 0 in each.
  void publish(std::uint32_t unknown, const std::vector<std::uint32_t>& part,
               std::span<const std::uint32_t> cells, std::size_t last) {
    for (std::size_t i = last; i-- > 0 && solutions_[last][unknown] == 0;) {
      for (const std::uint32_t j : part) {
        std::swap(solutions_[last][j], solutions_[i][j]);
      }
    }
    const std::vector<Element>& along = solutions_[last];
    if (along[unknown] != 0) {
      const Element scale = minus(inverse(along[unknown]));
      for (std::size_t i = 0; i < last; ++i) {
        const Element factor = times(solutions_[i][unknown], scale);
        for (const std::uint32_t j : part) {
          solutions_[i][j] = plus(solutions_[i][j], times(factor, along[j]));
        }
      }
      operations_ += last * part.size();
    }
    for (const std::uint32_t j : part) {
      if (known(j) && !sums_.unsafe[cells[j]]) {
        show(cells[j]);
      }
    }
  }

  const Sums& sums_;
  Hidden hidden_;
  Widths* widths_;    // nothing: no width is asked
  Random random_{0};  // any seed: chance can only keep hidden what need not be
  std::vector<std::vector<Element>> solutions_;
  std::uint64_t operations_ = 0;
};

}  // namespace

Hidden publish_again(const Sums& sums, Hidden hidden, Widths* widths,
                     const std::vector<bool>& which) {
  PARCOURS_CHECK(which.size() == hidden.size());
  return Publishing(sums, std::move(hidden), widths).run(which);
}

}  // namespace parcours
