#include "protect/secondary.h"

#include <algorithm>
#include <numeric>
#include <optional>

#include "audit/echelon.h"
#include "base/check.h"
#include "base/random.h"

namespace parcours {
namespace {

// How many field operations publishing again may take: a count, not seconds, so that the same tables
// always come out the same.
constexpr std::uint64_t most_operations = 4'000'000'000;
constexpr std::size_t draws = 96;

using Hidden = std::vector<bool>;

// By sum, the relations that it stands in.
std::vector<std::vector<std::uint32_t>> relations_by_sum(const Sums& sums) {
  std::vector<std::vector<std::uint32_t>> by_sum(sums.unsafe.size());
  for (std::uint32_t r = 0; r < sums.relations.size(); ++r) {
    for (const Relation::Term& term : sums.relations[r].terms) {
      by_sum[term.cell].push_back(r);
    }
  }
  return by_sum;
}

// The first pass.
class Hiding {
 public:
  explicit Hiding(const Sums& sums)
      : sums_(sums), by_sum_(relations_by_sum(sums)), hidden_in_(sums.relations.size(), 0) {}

  Result<Hidden> run() {
    hidden_.assign(sums_.unsafe.size(), false);
    for (std::uint32_t s = 0; s < hidden_.size(); ++s) {
      if (sums_.unsafe[s]) {
        hide(s);
      }
    }
    while (true) {
      const Echelon echelon(sums_.relations, hidden_);
      const std::vector<std::uint32_t> determined = echelon.determined();
      if (determined.empty()) {
        return hidden_;
      }
      RETURN_IF_ERROR(hide_from(echelon, determined));
    }
  }

 private:
  void hide(std::uint32_t sum) {
    hidden_[sum] = true;
    for (const std::uint32_t relation : by_sum_[sum]) {
      ++hidden_in_[relation];
    }
  }

  // One more sum for every determined one, but where this round has already disturbed its reason.
  Status hide_from(const Echelon& echelon, const std::vector<std::uint32_t>& determined) {
    std::vector<bool> disturbed(sums_.relations.size(), false);
    for (const std::uint32_t unknown : determined) {
      const std::optional<Combination> reason = echelon.reason(unknown);
      PARCOURS_CHECK(reason.has_value());
      const auto is_disturbed = [&](const Weight& weight) { return disturbed[weight.relation]; };
      if (std::ranges::any_of(*reason, is_disturbed)) {
        continue;
      }
      const std::optional<std::uint32_t> sum = cheapest(*reason);
      if (!sum) {
        return refused("an unsafe figure that the published total gives away", {},
                       "ask for coarser tables, or for more people");
      }
      hide(*sum);
      for (const std::uint32_t relation : by_sum_[*sum]) {
        disturbed[relation] = true;
      }
    }
    return {};
  }

  // The cheapest published sum that stands in the combination of these relations: once it is
  // hidden, they give nothing away any more.
  std::optional<std::uint32_t> cheapest(const Combination& reason) const {
    std::vector<std::pair<std::uint32_t, Element>> terms;
    for (const Weight& weight : reason) {
      for (const Relation::Term& term : sums_.relations[weight.relation].terms) {
        if (!hidden_[term.cell] && !sums_.fixed[term.cell]) {
          terms.emplace_back(term.cell, times(weight.coefficient, element_of(term.coefficient)));
        }
      }
    }
    std::ranges::sort(terms);
    std::optional<std::uint32_t> best;
    for (std::size_t i = 0; i < terms.size();) {
      const std::uint32_t sum = terms[i].first;
      Element coefficient = 0;
      for (; i < terms.size() && terms[i].first == sum; ++i) {
        coefficient = plus(coefficient, terms[i].second);
      }
      if (coefficient != 0 && (!best || price(sum) < price(*best))) {
        best = sum;
      }
    }
    return best;
  }

  // A sum that is alone in a relation will need another one hidden there.
  std::uint64_t price(std::uint32_t sum) const {
    std::uint64_t price = sums_.costs[sum];
    for (const std::uint32_t relation : by_sum_[sum]) {
      price += hidden_in_[relation] == 0 ? sums_.costs[sum] : 0;
    }
    return price;
  }

  const Sums& sums_;
  std::vector<std::vector<std::uint32_t>> by_sum_;
  std::vector<std::uint32_t> hidden_in_;  // by relation: how many of its sums are hidden
  Hidden hidden_;
};

// Hidden sums that no chain of relations links have nothing to do with each other.
class Parts {
 public:
  Parts(const Sums& sums, std::span<const std::uint32_t> cells, const Hidden& hidden) {
    std::vector<std::uint32_t> unknown_of(hidden.size(), 0);
    for (std::uint32_t u = 0; u < cells.size(); ++u) {
      unknown_of[cells[u]] = u;
    }
    parent_.resize(cells.size());
    std::iota(parent_.begin(), parent_.end(), 0);
    for (const Relation& relation : sums.relations) {
      std::optional<std::uint32_t> first;
      for (const Relation::Term& term : relation.terms) {
        if (hidden[term.cell]) {
          const std::uint32_t root = find(unknown_of[term.cell]);
          first = first.value_or(root);
          parent_[root] = find(*first);
        }
      }
    }
    members_.resize(cells.size());
    for (std::uint32_t u = 0; u < cells.size(); ++u) {
      members_[find(u)].push_back(u);
    }
  }

  const std::vector<std::uint32_t>& of(std::uint32_t unknown) { return members_[find(unknown)]; }

 private:
  std::uint32_t find(std::uint32_t u) {
    while (parent_[u] != u) {
      u = parent_[u] = parent_[parent_[u]];
    }
    return u;
  }

  std::vector<std::uint32_t> parent_;
  std::vector<std::vector<std::uint32_t>> members_;
};

// The second pass.
class Publishing {
 public:
  Publishing(const Sums& sums, Hidden hidden) : sums_(sums), hidden_(std::move(hidden)) {}

  Hidden run() {
    std::vector<std::uint32_t> candidates;
    for (std::uint32_t s = 0; s < hidden_.size(); ++s) {
      if (hidden_[s] && !sums_.unsafe[s]) {
        candidates.push_back(s);
      }
    }
    std::ranges::stable_sort(candidates, std::greater<>(),
                             [&](std::uint32_t s) { return sums_.costs[s]; });
    std::size_t next = 0;
    while (next < candidates.size() && operations_ <= most_operations) {
      next = run_round(candidates, next);
    }
    return std::move(hidden_);
  }

 private:
  // Tries candidates from `next` on with one set of draws; says how far it came.
  std::size_t run_round(const std::vector<std::uint32_t>& candidates, std::size_t next) {
    const Echelon echelon(sums_.relations, hidden_);
    operations_ += echelon.work();
    const std::span<const std::uint32_t> cells = echelon.cells();
    Parts parts(sums_, cells, hidden_);
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
      if (gives_away(unknown, part, cells)) {
        continue;
      }
      publish(unknown, part, cells, --own);
    }
    return next;
  }

  // Whether some unsafe sum is a multiple of this one on all that is left of the solutions.
  bool gives_away(std::uint32_t unknown, const std::vector<std::uint32_t>& part,
                  std::span<const std::uint32_t> cells) const {
    const std::vector<Element>& u = solutions_[0];
    const std::vector<Element>& v = solutions_[1];
    return std::ranges::any_of(part, [&](std::uint32_t i) {
      return sums_.unsafe[cells[i]] && times(u[i], v[unknown]) == times(u[unknown], v[i]);
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
      if (solutions_[0][j] == 0 && solutions_[1][j] == 0 && !sums_.unsafe[cells[j]]) {
        hidden_[cells[j]] = false;
      }
    }
  }

  const Sums& sums_;
  Hidden hidden_;
  Random random_{0};  // any seed: chance can only keep hidden what need not be
  std::vector<std::vector<Element>> solutions_;
  std::uint64_t operations_ = 0;
};

}  // namespace

Result<Hidden> hide(const Sums& sums) {
  const std::size_t count = sums.unsafe.size();
  PARCOURS_CHECK(sums.fixed.size() == count && sums.costs.size() == count);
  for (std::size_t s = 0; s < count; ++s) {
    if (sums.unsafe[s] && sums.fixed[s]) {
      return refused("an unsafe figure that is published anyway", {},
                     "ask for coarser tables, or for more people");
    }
  }
  ASSIGN_OR_RETURN(Hidden hidden, Hiding(sums).run());
  return Publishing(sums, std::move(hidden)).run();
}

}  // namespace parcours
