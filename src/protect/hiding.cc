#include "protect/hiding.h"

#include <algorithm>
#include <optional>
#include <set>
#include <span>
#include <utility>

#include "base/check.h"
#include "base/random.h"
#include "sums/bonds.h"

namespace parcours {
namespace {

class Hiding {
 public:
  explicit Hiding(const Sums& sums)
      : sums_(sums),
        by_sum_(relations_by_sum(sums)),
        known_to_practices_(known_to_practices(sums)),
        hidden_in_(sums.relations.size(), 0) {}

  Result<Hidden> run() {
    hidden_.assign(sums_.unsafe.size(), false);
    told_before_.assign(sums_.unsafe.size(), false);
    for (std::uint32_t s = 0; s < hidden_.size(); ++s) {
      if (sums_.unsafe[s] || sums_.is_unseen(s)) {
        hide(s);
      }
    }
    while (true) {
      const Echelon echelon(sums_.relations, hidden_);
      std::vector<std::uint32_t> given = echelon.determined();
      std::erase_if(given, [&](std::uint32_t u) {
        const std::uint32_t sum = echelon.cells()[u];
        return told_before_[sum] || (sums_.is_unseen(sum) && !sums_.unsafe[sum]);
      });
      if (!given.empty()) {
        if (hide_from(echelon, given) == 0) {
          if (!sums_.told_before) {
            return given_away();
          }
          for (const std::uint32_t unknown : given) {
            told_before_[echelon.cells()[unknown]] = true;
          }
        }
        continue;
      }
      const std::vector<std::uint32_t> knowing = learning(echelon);
      if (knowing.empty()) {
        ASSIGN_OR_RETURN(const bool more, cover_practices());
        if (more) {
          continue;
        }
        return hidden_;
      }
      // All at once is quick; but what several know together can give away what nothing covers.
      // Then one after the other, of whom each knows one sum.
      bool any = cover(knowing);
      for (std::size_t k = 0; k < knowing.size() && !any; ++k) {
        any = cover({&knowing[k], 1});
      }
      if (!any) {
        return given_away();
      }
    }
  }

 private:
  void hide(std::uint32_t sum) {
    hidden_[sum] = true;
    for (const std::uint32_t relation : by_sum_[sum]) {
      ++hidden_in_[relation];
    }
  }

  // Of each group of bonded sums in which somebody learns something, one whom it tells.
  std::vector<std::uint32_t> learning(const Echelon& echelon) {
    std::vector<std::uint32_t> knowing;
    if (sums_.alone.empty()) {
      return knowing;
    }
    for (const Bond& bond : bonds(echelon, random_)) {
      if (const auto who = who_learns(sums_, bond.cells)) {
        knowing.push_back(*who);
      }
    }
    return knowing;
  }

  // Hides what keeps each practice from working out a sum from all those that it knows; whether
  // there was anything to hide.
  Result<bool> cover_practices() {
    bool any = false;
    for (std::size_t p = 0; p < known_to_practices_.size(); ++p) {
      const Hidden open = in_question(sums_, by_sum_, hidden_, known_to_practices_[p]);
      if (std::ranges::find(open, true) == open.end()) {
        continue;
      }
      const Echelon echelon(sums_.relations, open);
      std::vector<std::uint32_t> given = echelon.determined();
      std::erase_if(given, [&](std::uint32_t u) {
        const std::uint32_t sum = echelon.cells()[u];
        return !sums_.exposed[sum] || told_before_[sum] || told_to_practices_.contains({p, sum});
      });
      if (given.empty()) {
        continue;
      }
      if (hide_from(echelon, given) > 0) {
        any = true;
        continue;
      }
      if (!sums_.told_before) {
        return given_away();
      }
      for (const std::uint32_t unknown : given) {
        told_to_practices_.emplace(p, echelon.cells()[unknown]);
      }
    }
    return any;
  }

  static std::unexpected<Error> given_away() {
    return refused("the published total gives an unsafe figure away", {},
                   "use coarser categories or a larger population");
  }

  // Hides what keeps those who know these sums from others; whether anything could be hidden.
  bool cover(std::span<const std::uint32_t> knowing) {
    Hidden rest = hidden_;
    for (const std::uint32_t sum : knowing) {
      rest[sum] = false;
    }
    const Echelon echelon(sums_.relations, rest);
    std::vector<std::uint32_t> given = echelon.determined();
    std::erase_if(given, [&](std::uint32_t u) { return !sums_.exposed[echelon.cells()[u]]; });
    return hide_from(echelon, given) > 0;
  }

  // One more sum for every determined one, but where this round has already disturbed its reason,
  // or none can be hidden. Says how many.
  std::size_t hide_from(const Echelon& echelon, const std::vector<std::uint32_t>& determined) {
    std::vector<bool> disturbed(sums_.relations.size(), false);
    std::size_t hidden = 0;
    for (const std::uint32_t unknown : determined) {
      const std::optional<Combination> reason = echelon.reason(unknown);
      PARCOURS_CHECK(reason.has_value());
      const auto is_disturbed = [&](const Weight& weight) { return disturbed[weight.relation]; };
      if (std::ranges::any_of(*reason, is_disturbed)) {
        continue;
      }
      const std::optional<std::uint32_t> sum = cheapest(*reason);
      if (!sum) {
        continue;
      }
      hide(*sum);
      ++hidden;
      for (const std::uint32_t relation : by_sum_[*sum]) {
        disturbed[relation] = true;
      }
    }
    return hidden;
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
  const std::vector<std::vector<std::uint32_t>> known_to_practices_;
  std::vector<std::uint32_t> hidden_in_;  // by relation: how many of its sums are hidden
  Hidden hidden_;
  std::vector<bool> told_before_;  // by sum: what was published before determines it
  // The same with what a practice knows: the practice's place in known_to_practices_, and the sum.
  std::set<std::pair<std::size_t, std::uint32_t>> told_to_practices_;
  Random random_{0};  // any seed: chance can only hide what need not be
};

}  // namespace

Result<Hidden> hide_undetermined(const Sums& sums) {
  return Hiding(sums).run();
}

}  // namespace parcours
