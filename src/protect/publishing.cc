#include "protect/publishing.h"

#include <algorithm>
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <utility>

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
// Of what one practice does not know; after so many sums are published, all is drawn anew.
constexpr std::size_t draws_of_practice = 12;

// Solutions drawn from all that are left, of some hidden sums: what somebody cannot distinguish.
class Solutions {
 public:
  // Of the sums of `open`, which no relation links with another hidden one that is not known. Those
  // that `secret` says must not be worked out.
  Solutions(const Sums& sums, const Hidden& open, const std::vector<bool>& secret,
            std::size_t draws, Random& random) {
    const Echelon echelon(sums.relations, open);
    cells_.assign(echelon.cells().begin(), echelon.cells().end());
    const Parts parts(sums.relations, cells_, open);
    part_of_.resize(cells_.size());
    for (std::uint32_t u = 0; u < cells_.size(); ++u) {
      if (parts.of(u).front() == u) {
        add_part(parts.of(u), draws);
      }
    }
    find_secrets(secret);
    work_ = echelon.work();
    for (std::size_t i = 0; i < draws; ++i) {
      drawn_.push_back(echelon.draw(random));
    }
  }

  // What somebody cannot distinguish who knows these sums, ascending: the solutions of the parts
  // that have several of them in which all are 0. Nothing where no part has; no `cells` where too
  // few solutions are left to draw from.
  std::optional<Solutions> knowing(std::span<const std::uint32_t> known,
                                   const std::vector<bool>& secret, std::size_t draws) const {
    std::map<std::uint32_t, std::vector<std::uint32_t>> by_part;  // unknowns
    for (const std::uint32_t sum : known) {
      if (const auto unknown = number(sum); unknown && !this->known(*unknown)) {
        by_part[part_of_[*unknown]].push_back(*unknown);
      }
    }
    std::erase_if(by_part, [](const auto& entry) { return entry.second.size() < 2; });
    if (by_part.empty()) {
      return std::nullopt;
    }
    Solutions made;
    std::vector<std::uint32_t> from;  // by unknown of `made`: the one of these
    for (const auto& [part, of_part] : by_part) {
      from.insert(from.end(), members_[part].begin(), members_[part].end());
      if (left_[part] < of_part.size() + 3) {
        return made;
      }
    }
    std::ranges::sort(from);
    made.part_of_.resize(from.size());
    for (const std::uint32_t u : from) {
      made.cells_.push_back(cells_[u]);
    }
    std::size_t most = 0;
    for (const auto& [part, of_part] : by_part) {
      std::vector<std::uint32_t> members;
      for (const std::uint32_t u : members_[part]) {
        members.push_back(
            static_cast<std::uint32_t>(std::ranges::lower_bound(from, u) - from.begin()));
      }
      made.add_part(std::move(members), std::min(left_[part], draws + of_part.size()));
      most = std::max(most, made.left_.back());
    }
    for (std::size_t i = 0; i < most; ++i) {
      std::vector<Element>& solution = made.drawn_.emplace_back();
      solution.reserve(from.size());
      for (const std::uint32_t u : from) {
        solution.push_back(drawn_[i][u]);
      }
    }
    for (const auto& [part, of_part] : by_part) {
      for (const std::uint32_t u : of_part) {
        made.publish(static_cast<std::uint32_t>(std::ranges::lower_bound(from, u) - from.begin()));
      }
    }
    made.find_secrets(secret);
    return made;
  }

  std::span<const std::uint32_t> cells() const { return cells_; }
  // The number of a sum among the cells, if it is one.
  std::optional<std::uint32_t> number(std::uint32_t sum) const {
    const auto at = std::ranges::lower_bound(cells_, sum);
    return at == cells_.end() || *at != sum
               ? std::nullopt
               : std::optional(static_cast<std::uint32_t>(at - cells_.begin()));
  }
  const std::vector<std::uint32_t>& part(std::uint32_t unknown) const {
    return members_[part_of_[unknown]];
  }

  // How many solutions are still the part's own: each sum that is published costs it one.
  std::size_t left(std::uint32_t unknown) const { return left_[part_of_[unknown]]; }

  // What is 0 in every solution is known: nothing rests on its being hidden.
  bool known(std::uint32_t unknown) const {
    return drawn_[0][unknown] == 0 && drawn_[1][unknown] == 0;
  }

  // Whether a secret is a multiple of this one on all that is left. `anew`: one that is not known
  // already.
  bool gives_away(std::uint32_t unknown, bool anew) {
    const std::vector<std::uint32_t>& secrets = secrets_[part_of_[unknown]];
    work_ += secrets.size();
    return std::ranges::any_of(secrets, [&](std::uint32_t i) {
      return bonded(drawn_[0], drawn_[1], i, unknown) && !(anew && known(i));
    });
  }

  const std::vector<Element>& drawn(std::size_t i) const { return drawn_[i]; }

  // Leaves the solutions in which this one is 0.
  void publish(std::uint32_t unknown) {
    const std::vector<std::uint32_t>& part = this->part(unknown);
    const std::size_t last = --left_[part_of_[unknown]];
    for (std::size_t i = last; i-- > 0 && drawn_[last][unknown] == 0;) {
      for (const std::uint32_t j : part) {
        std::swap(drawn_[last][j], drawn_[i][j]);
      }
    }
    const std::vector<Element>& along = drawn_[last];
    if (along[unknown] != 0) {
      const Element scale = minus(inverse(along[unknown]));
      for (std::size_t i = 0; i < last; ++i) {
        const Element factor = times(drawn_[i][unknown], scale);
        for (const std::uint32_t j : part) {
          drawn_[i][j] = plus(drawn_[i][j], times(factor, along[j]));
        }
      }
      work_ += last * part.size();
    }
  }

  // Field operations since it was asked last.
  std::uint64_t work() { return std::exchange(work_, 0); }

 private:
  Solutions() = default;

  // `part_of_` has room for its members.
  void add_part(std::vector<std::uint32_t> members, std::size_t draws) {
    for (const std::uint32_t u : members) {
      part_of_[u] = static_cast<std::uint32_t>(members_.size());
    }
    members_.push_back(std::move(members));
    left_.push_back(draws);
  }

  void find_secrets(const std::vector<bool>& secret) {
    secrets_.resize(members_.size());
    for (std::uint32_t u = 0; u < cells_.size(); ++u) {
      if (secret[cells_[u]]) {
        secrets_[part_of_[u]].push_back(u);
      }
    }
  }

  std::vector<std::uint32_t> cells_;                 // sums, ascending
  std::vector<std::uint32_t> part_of_;               // by unknown
  std::vector<std::vector<std::uint32_t>> members_;  // by part
  std::vector<std::size_t> left_;                    // by part
  std::vector<std::vector<std::uint32_t>> secrets_;  // by part
  std::vector<std::vector<Element>> drawn_;
  std::uint64_t work_ = 0;
};

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
      // What releases before gave away of an unsafe one stays hidden here.
      PARCOURS_CHECK(!sums_.unsafe[echelon.cells()[unknown]] || sums_.told_before);
      if (!sums_.unsafe[echelon.cells()[unknown]]) {
        show(echelon.cells()[unknown]);
      }
    }
    return std::move(hidden_);
  }

 private:
  // Tries candidates from `next` on with one set of draws; says how far it came.
  std::size_t run_round(const std::vector<std::uint32_t>& candidates, std::size_t next) {
    Solutions outside(sums_, hidden_, sums_.unsafe, draws, random_);
    operations_ += outside.work();
    std::vector<std::optional<Solutions>> of_practices;
    for (std::size_t p = 0; p < known_to_practices_.size(); ++p) {
      of_practices.push_back(open_to_practice(p, outside));
    }
    for (; next < candidates.size() && operations_ <= most_operations; ++next) {
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
          tells_practices(of_practices, sum, outside) ||
          (widths_ != nullptr && !widths_->publish(sum))) {
        continue;
      }
      publish(outside, unknown);
      for (std::optional<Solutions>& of : of_practices) {
        if (const auto number = of ? of->number(sum) : std::nullopt) {
          of->publish(*number);
          operations_ += of->work();
        }
      }
    }
    return next;
  }

  // What a practice that knows several sums does not know, if there is any of which they say
  // something.
  std::optional<Solutions> open_to_practice(std::size_t practice, const Solutions& outside) {
    const std::vector<std::uint32_t>& known = known_to_practices_[practice];
    std::optional<Solutions> made = outside.knowing(known, sums_.exposed, draws_of_practice);
    if (made && made->cells().empty()) {
      const Hidden open = in_question(sums_, by_sum_, hidden_, known);
      made = Solutions(sums_, open, sums_.exposed, draws_of_practice, random_);
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
  bool tells_practices(std::vector<std::optional<Solutions>>& of_practices, std::uint32_t sum,
                       const Solutions& outside) {
    for (std::size_t p = 0; p < of_practices.size(); ++p) {
      std::optional<Solutions>& of = of_practices[p];
      auto unknown = of ? of->number(sum) : std::nullopt;
      if (unknown && of->left(*unknown) < 3) {
        of = open_to_practice(p, outside);
        unknown = of ? of->number(sum) : std::nullopt;
      }
      if (unknown && !of->known(*unknown) && of->gives_away(*unknown, true)) {
        return true;
      }
    }
    return false;
  }

  // Whether somebody who is alone in a sum would learn another one if this one were published.
  bool teaches(const Solutions& of, std::uint32_t unknown) {
    const std::size_t last = of.left(unknown) - 1;
    if (sums_.alone.empty() || of.drawn(last)[unknown] == 0) {
      return false;  // where all solutions are 0 it is known already
    }
    const std::span<const std::uint32_t> cells = of.cells();
    const std::vector<Element>& along = of.drawn(last);
    const Element scale = minus(inverse(along[unknown]));
    const Element from_u = times(of.drawn(0)[unknown], scale);
    const Element from_v = times(of.drawn(1)[unknown], scale);
    std::vector<std::uint32_t> sums;
    std::vector<Element> u;
    std::vector<Element> v;
    for (const std::uint32_t j : of.part(unknown)) {
      if (j != unknown && (sums_.alone[cells[j]] || sums_.exposed[cells[j]])) {
        sums.push_back(cells[j]);
        u.push_back(plus(of.drawn(0)[j], times(from_u, along[j])));
        v.push_back(plus(of.drawn(1)[j], times(from_v, along[j])));
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

  // Publishes it, and with it all that then is 0 in each solution.
  void publish(Solutions& of, std::uint32_t unknown) {
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
  Widths* widths_;  // nothing: no width is asked
  const std::vector<std::vector<std::uint32_t>> by_sum_ = relations_by_sum(sums_);
  const std::vector<std::vector<std::uint32_t>> known_to_practices_ = known_to_practices(sums_);
  Random random_{0};  // any seed: chance can only keep hidden what need not be
  std::uint64_t operations_ = 0;
};

}  // namespace

Hidden publish_again(const Sums& sums, Hidden hidden, Widths* widths,
                     const std::vector<bool>& which) {
  PARCOURS_CHECK(which.size() == hidden.size());
  return Publishing(sums, std::move(hidden), widths).run(which);
}

}  // namespace parcours
