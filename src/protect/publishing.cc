#include "protect/publishing.h"

#include <algorithm>
#include <functional>
#include <optional>
#include <span>
#include <utility>

#include "base/check.h"
#include "base/random.h"
#include "protect/hiding.h"
#include "sums/bonds.h"
#include "sums/echelon.h"
#include "sums/solutions.h"

namespace parcours::protect {
namespace {

constexpr std::size_t draws = 96;
// Of what one practice does not know; after so many sums are published, all is drawn anew.
constexpr std::size_t draws_of_practice = 12;

// By sum: whether anything is asked of it, by what may be published or what somebody knows.
std::vector<bool> asked_in(const Sums& sums,
                           const std::vector<std::vector<std::uint32_t>>& known_to_practices) {
  std::vector<bool> asked = marked(known_to_practices, sums.unsafe.size());
  for (std::uint32_t s = 0; s < asked.size(); ++s) {
    asked[s] = asked[s] || !sums.is_unseen(s) || sums.unsafe[s] ||
               (!sums.alone.empty() && (sums.alone[s] || sums.exposed[s]));
  }
  return asked;
}

// The second pass.
class Publishing {
 public:
  Publishing(const Sums& sums, Hidden hidden, Widths* widths, std::uint64_t effort)
      : sums_(sums), hidden_(std::move(hidden)), widths_(widths), effort_(effort) {}

  Result<Hidden> run(const std::vector<bool>& which) {
    std::vector<std::uint32_t> candidates;
    for (std::uint32_t s = 0; s < hidden_.size(); ++s) {
      if (hidden_[s] && which[s] && !sums_.unsafe[s] && !sums_.is_unseen(s)) {
        candidates.push_back(s);
      }
    }
    std::ranges::stable_sort(candidates, std::greater<>(),
                             [&](std::uint32_t s) { return sums_.costs[s]; });
    std::size_t next = try_from(candidates, 0);
    const bool without_practices = next < candidates.size() && !known_to_practices_.empty();
    if (without_practices) {
      known_to_practices_.clear();
      operations_ = 0;
      effort_ = most_operations;
      next = try_from(candidates, next);
    }
    // Where the effort ended early: what is known all the same need not look hidden.
    const sums::Echelon echelon(sums_.relations, hidden_);
    for (const std::uint32_t unknown : echelon.determined()) {
      // What releases before gave away of an unsafe one stays hidden here.
      PARCOURS_CHECK(!sums_.unsafe[echelon.cells()[unknown]] || !sums_.before.empty());
      if (!sums_.unsafe[echelon.cells()[unknown]]) {
        show(echelon.cells()[unknown]);
      }
    }
    if (without_practices) {
      return hide_more(sums_, hidden_);
    }
    return std::move(hidden_);
  }

 private:
  // As far as the effort allows; says how far that was.
  std::size_t try_from(const std::vector<std::uint32_t>& candidates, std::size_t next) {
    while (next < candidates.size() && operations_ <= effort_) {
      next = run_round(candidates, next);
    }
    return next;
  }

  // Tries candidates from `next` on with one set of draws; says how far it came.
  std::size_t run_round(const std::vector<std::uint32_t>& candidates, std::size_t next) {
    const sums::Echelon system(sums_.relations, hidden_);
    sums::Solutions outside(system, sums_.unsafe, asked_, draws, random_);
    operations_ += outside.work();
    std::vector<std::optional<sums::Solutions>> of_practices;
    draw_for_practices(system);
    for (std::size_t p = 0; p < known_to_practices_.size(); ++p) {
      of_practices.push_back(open_to_practice(p));
      if (operations_ > effort_) {
        return next;  // so many practices know so much that none can be asked about every sum
      }
    }
    for (; next < candidates.size() && operations_ <= effort_; ++next) {
      const std::uint32_t sum = candidates[next];
      if (!hidden_[sum]) {
        continue;
      }
      const std::uint32_t unknown = *outside.number(sum);
      if (outside.left(unknown) < 3) {
        return next;
      }
      operations_ += outside.part(unknown).size();
      if (outside.known(unknown)) {
        show(sum);
        continue;
      }
      if (outside.gives_away(unknown, false) || teaches(outside, unknown) ||
          tells_practices(of_practices, sum) || (widths_ != nullptr && !widths_->publish(sum))) {
        continue;
      }
      publish(outside, unknown);
      published_.insert(std::ranges::lower_bound(published_, sum), sum);
      for (std::optional<sums::Solutions>& of : of_practices) {
        if (const auto number = of ? of->number(sum) : std::nullopt) {
          of->publish(*number);
          operations_ += of->work();
        }
      }
    }
    return next;
  }

  // Enough solutions to ask of every practice until this round ends.
  void draw_for_practices(const sums::Echelon& system) {
    published_.clear();
    drawn_for_practices_.reset();
    if (known_to_practices_.empty()) {
      return;
    }
    const std::size_t most_known =
        std::ranges::max(known_to_practices_, {}, &std::vector<std::uint32_t>::size).size();
    drawn_for_practices_ = sums::Solutions::to_know(most_known + draws + draws_of_practice, system,
                                                    sums_.exposed, asked_, random_);
    operations_ += drawn_for_practices_->work();
  }

  // What a practice that knows several sums does not know, if there is any of which they say
  // something.
  std::optional<sums::Solutions> open_to_practice(std::size_t practice) {
    const std::vector<std::uint32_t>& known = known_to_practices_[practice];
    std::optional<sums::Solutions> made =
        drawn_for_practices_->knowing(known, published_, sums_.exposed, draws_of_practice);
    if (made && made->cells().empty()) {
      const Hidden open = in_question(sums_, by_sum_, hidden_, known);
      made = sums::Solutions(sums::Echelon(sums_.relations, open), sums_.exposed, asked_,
                             draws_of_practice, random_);
    }
    if (made) {
      operations_ += made->work();
    }
    return made;
  }

  void show(std::uint32_t sum) {
    if (hidden_[sum] && widths_ != nullptr) {
      widths_->show_known(sum);
    }
    hidden_[sum] = false;
  }

  // Whether a practice that knows several sums would work out another one.
  bool tells_practices(std::vector<std::optional<sums::Solutions>>& of_practices,
                       std::uint32_t sum) {
    for (std::size_t p = 0; p < of_practices.size(); ++p) {
      std::optional<sums::Solutions>& of = of_practices[p];
      auto unknown = of ? of->number(sum) : std::nullopt;
      if (unknown && of->left(*unknown) < 3) {
        of = open_to_practice(p);
        unknown = of ? of->number(sum) : std::nullopt;
      }
      if (unknown && !of->known(*unknown) && of->gives_away(*unknown, true)) {
        return true;
      }
    }
    return false;
  }

  // Whether somebody who is alone in a sum would learn another one if this one were published.
  bool teaches(const sums::Solutions& of, std::uint32_t unknown) {
    const std::size_t last = of.left(unknown) - 1;
    if (sums_.alone.empty() || of.drawn(last)[unknown] == 0) {
      return false;  // where all solutions are 0 it is known already
    }
    const std::span<const std::uint32_t> cells = of.cells();
    const std::vector<sums::Element>& along = of.drawn(last);
    const sums::Element scale = sums::minus(sums::inverse(along[unknown]));
    const sums::Element from_u = sums::times(of.drawn(0)[unknown], scale);
    const sums::Element from_v = sums::times(of.drawn(1)[unknown], scale);
    std::vector<std::uint32_t> sums;
    std::vector<sums::Element> u;
    std::vector<sums::Element> v;
    for (const std::uint32_t j : of.part(unknown)) {
      if (j != unknown && (sums_.alone[cells[j]] || sums_.exposed[cells[j]])) {
        sums.push_back(cells[j]);
        u.push_back(sums::plus(of.drawn(0)[j], sums::times(from_u, along[j])));
        v.push_back(sums::plus(of.drawn(1)[j], sums::times(from_v, along[j])));
      }
    }
    operations_ += 8 * sums.size();
    const Told already = [&](std::uint32_t who, std::uint32_t learnt) {
      return sums::bonded(of.drawn(0), of.drawn(1), *of.number(who), *of.number(learnt));
    };
    return std::ranges::any_of(sums::bonded(u, v), [&](std::vector<std::uint32_t> group) {
      for (std::uint32_t& place : group) {
        place = sums[place];
      }
      return who_learns(sums_, group, already).has_value();
    });
  }

  // Publishes it, and with it all that then is 0 in each solution.
  void publish(sums::Solutions& of, std::uint32_t unknown) {
    of.publish(unknown);
    operations_ += of.work();
    for (const std::uint32_t j : of.part(unknown)) {
      if (of.known(j) && !sums_.unsafe[of.cells()[j]]) {
        show(of.cells()[j]);
      }
    }
  }

  const Sums& sums_;
  Hidden hidden_;
  Widths* widths_;        // nothing: no width is asked
  std::uint64_t effort_;  // the most operations
  const std::vector<std::vector<std::uint32_t>> by_sum_ = relations_by_sum(sums_);
  std::vector<std::vector<std::uint32_t>> known_to_practices_ = known_to_practices(sums_);
  const std::vector<bool> asked_ = asked_in(sums_, known_to_practices_);
  std::optional<sums::Solutions> drawn_for_practices_;  // at the begin of this round
  std::vector<std::uint32_t> published_;                // in this round, ascending
  Random random_{0};  // any seed: chance can only keep hidden what need not be
  std::uint64_t operations_ = 0;
};

}  // namespace

Result<Hidden> publish_again(const Sums& sums, Hidden hidden, Widths* widths,
                             const std::vector<bool>& which, std::uint64_t effort_for_practices) {
  PARCOURS_CHECK(which.size() == hidden.size());
  return Publishing(sums, std::move(hidden), widths, effort_for_practices).run(which);
}

}  // namespace parcours::protect
