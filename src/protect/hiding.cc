#include "protect/hiding.h"

#include <algorithm>
#include <optional>
#include <set>
#include <span>
#include <utility>

#include "base/check.h"
#include "base/random.h"
#include "sums/bonds.h"
#include "sums/solutions.h"

namespace parcours::protect {
namespace {

class Hiding {
 public:
  explicit Hiding(const Sums& sums)
      : sums_(sums),
        by_sum_(relations_by_sum(sums)),
        known_to_practices_(known_to_practices(sums)),
        known_to_some_(marked(known_to_practices_, sums.unsafe.size())),
        hidden_in_(sums.relations.size(), 0) {}

  Result<Hidden> run(const Hidden& already) {
    hidden_.assign(sums_.unsafe.size(), false);
    told_before_.assign(sums_.unsafe.size(), false);
    for (std::uint32_t s = 0; s < hidden_.size(); ++s) {
      if (already[s] || sums_.unsafe[s] || sums_.is_unseen(s)) {
        hide(s);
      }
    }
    while (true) {
      const sums::Echelon echelon(sums_.relations, hidden_);
      std::vector<std::uint32_t> given = echelon.determined();
      std::erase_if(given, [&](std::uint32_t u) {
        const std::uint32_t sum = echelon.cells()[u];
        return told_before_[sum] || (sums_.is_unseen(sum) && !sums_.unsafe[sum]);
      });
      if (!given.empty()) {
        const Done done = hide_from(echelon, given);
        if (done.hidden == 0 && done.told.empty()) {
          return given_away();
        }
        for (const std::uint32_t sum : done.told) {
          told_before_[sum] = true;
        }
        continue;
      }
      const std::vector<std::uint32_t> knowing = learning(echelon);
      if (knowing.empty()) {
        ASSIGN_OR_RETURN(const bool more, cover_practices(echelon));
        if (more) {
          continue;
        }
        return hidden_;
      }
      // All at once is quick; but what several know together can give away what nothing covers.
      // Then one after the other, of whom each knows one sum.
      bool any = cover(knowing).hidden > 0;
      for (std::size_t k = 0; k < knowing.size() && !any; ++k) {
        const Done done = cover({&knowing[k], 1});
        any = done.hidden > 0;
        for (const std::uint32_t sum : done.told) {
          any = told_to_one_.emplace(knowing[k], sum).second || any;
        }
      }
      if (!any) {
        return given_away();
      }
    }
  }

 private:
  // What came of sums that must not be determined.
  struct Done {
    std::size_t hidden = 0;           // how many more are
    std::vector<std::uint32_t> told;  // those that follow from what was published before, or from
                                      // nothing published at all: hiding does not help
  };

  void hide(std::uint32_t sum) {
    hidden_[sum] = true;
    for (const std::uint32_t relation : by_sum_[sum]) {
      ++hidden_in_[relation];
    }
  }

  // Of each group of bonded sums in which somebody learns something, one whom it tells.
  std::vector<std::uint32_t> learning(const sums::Echelon& echelon) {
    std::vector<std::uint32_t> knowing;
    if (sums_.alone.empty()) {
      return knowing;
    }
    const Told told = [&](std::uint32_t who, std::uint32_t learnt) {
      return told_to_one_.contains({who, learnt});
    };
    for (const sums::Bond& bond : sums::bonds(echelon, random_)) {
      if (const auto who = who_learns(sums_, bond.cells, told)) {
        knowing.push_back(*who);
      }
    }
    return knowing;
  }

  // Hides what keeps each practice from working out a sum from all those that it knows; whether
  // there was anything to hide.
  Result<bool> cover_practices(const sums::Echelon& system) {
    if (known_to_practices_.empty()) {
      return false;
    }
    // What is hidden since can only leave more open than these say.
    const sums::Solutions outside = solutions_of(system);
    bool any = false;
    for (std::size_t p = 0; p < known_to_practices_.size(); ++p) {
      if (!may_learn(outside, p)) {
        continue;
      }
      const Hidden open = in_question(sums_, by_sum_, hidden_, known_to_practices_[p]);
      if (std::ranges::find(open, true) == open.end()) {
        continue;
      }
      const sums::Echelon echelon(sums_.relations, open);
      std::vector<std::uint32_t> given = echelon.determined();
      std::erase_if(given, [&](std::uint32_t u) {
        const std::uint32_t sum = echelon.cells()[u];
        return !sums_.exposed[sum] || told_before_[sum] || told_to_practices_.contains({p, sum});
      });
      if (given.empty()) {
        continue;
      }
      const Done done = hide_from(echelon, given);
      if (done.hidden == 0 && done.told.empty()) {
        return given_away();
      }
      any = true;
      for (const std::uint32_t sum : done.told) {
        told_to_practices_.emplace(p, sum);
      }
    }
    return any;
  }

  // Whether it cannot be excluded that a practice works out a sum from all those that it knows.
  bool may_learn(const sums::Solutions& outside, std::size_t practice) {
    const std::vector<std::uint32_t>& known = known_to_practices_[practice];
    std::optional<std::vector<std::uint32_t>> learnt = outside.secrets_known_with(known, 2);
    if (!learnt) {
      return true;
    }
    std::erase_if(*learnt, [&](std::uint32_t sum) {
      return outside.knows(sum) || told_before_[sum] ||
             told_to_practices_.contains({practice, sum});
    });
    if (learnt->empty()) {
      return false;
    }
    if (!without_release_) {
      Hidden hidden(hidden_.size());
      for (std::uint32_t s = 0; s < hidden.size(); ++s) {
        hidden[s] = !sums_.was_before(s);
      }
      without_release_ = solutions_of(sums::Echelon(sums_.relations, hidden));
    }
    const auto anyway = without_release_->secrets_known_with(known, 2);
    return !anyway || !std::ranges::includes(*anyway, *learnt);
  }

  // Enough of them to ask of every practice; of one that knows more it is worked out anew.
  sums::Solutions solutions_of(const sums::Echelon& system) {
    const std::size_t known =
        std::ranges::max(known_to_practices_, {}, &std::vector<std::uint32_t>::size).size();
    return sums::Solutions::to_know(known, system, sums_.exposed, known_to_some_, random_);
  }

  static std::unexpected<Error> given_away() {
    return refused("the published total gives an unsafe figure away", {},
                   "use coarser categories or a larger population");
  }

  // Hides what keeps those who know these sums from others.
  Done cover(std::span<const std::uint32_t> knowing) {
    Hidden rest = hidden_;
    for (const std::uint32_t sum : knowing) {
      rest[sum] = false;
    }
    const sums::Echelon echelon(sums_.relations, rest);
    std::vector<std::uint32_t> given = echelon.determined();
    std::erase_if(given, [&](std::uint32_t u) { return !sums_.exposed[echelon.cells()[u]]; });
    return hide_from(echelon, given);
  }

  // One more sum for every determined one, but where this round has already disturbed its reason,
  // or none can be hidden.
  Done hide_from(const sums::Echelon& echelon, const std::vector<std::uint32_t>& determined) {
    std::vector<bool> disturbed(sums_.relations.size(), false);
    Done done;
    for (const std::uint32_t unknown : determined) {
      const std::optional<sums::Combination> reason = echelon.reason(unknown);
      PARCOURS_CHECK(reason.has_value());
      const auto is_disturbed = [&](const sums::Weight& weight) {
        return disturbed[weight.relation];
      };
      if (std::ranges::any_of(*reason, is_disturbed)) {
        continue;
      }
      const std::vector<std::uint32_t> used = published_in(*reason);
      const std::optional<std::uint32_t> sum = cheapest(used);
      if (!sum) {
        if (std::ranges::all_of(used, [&](std::uint32_t s) { return sums_.was_before(s); })) {
          done.told.push_back(echelon.cells()[unknown]);
        }
        continue;
      }
      hide(*sum);
      ++done.hidden;
      for (const std::uint32_t relation : by_sum_[*sum]) {
        disturbed[relation] = true;
      }
    }
    return done;
  }

  // The published sums that stand in the combination of these relations.
  std::vector<std::uint32_t> published_in(const sums::Combination& reason) const {
    std::vector<std::pair<std::uint32_t, sums::Element>> terms;
    for (const sums::Weight& weight : reason) {
      for (const tables::Relation::Term& term : sums_.relations[weight.relation].terms) {
        if (!hidden_[term.cell]) {
          terms.emplace_back(term.cell,
                             sums::times(weight.coefficient, sums::element_of(term.coefficient)));
        }
      }
    }
    std::ranges::sort(terms);
    std::vector<std::uint32_t> used;
    for (std::size_t i = 0; i < terms.size();) {
      const std::uint32_t sum = terms[i].first;
      sums::Element coefficient = 0;
      for (; i < terms.size() && terms[i].first == sum; ++i) {
        coefficient = sums::plus(coefficient, terms[i].second);
      }
      if (coefficient != 0) {
        used.push_back(sum);
      }
    }
    return used;
  }

  // The cheapest of those that may be hidden: once it is, they give nothing away any more.
  std::optional<std::uint32_t> cheapest(std::span<const std::uint32_t> used) const {
    std::optional<std::uint32_t> best;
    for (const std::uint32_t sum : used) {
      if (!sums_.fixed[sum] && (!best || price(sum) < price(*best))) {
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
  const std::vector<bool> known_to_some_;  // by sum: it is among them
  std::vector<std::uint32_t> hidden_in_;   // by relation: how many of its sums are hidden
  Hidden hidden_;
  std::vector<bool> told_before_;  // by sum: what was published before determines it
  // The same with what one knows who is alone in a sum: that sum, and the other.
  std::set<std::pair<std::uint32_t, std::uint32_t>> told_to_one_;
  // The same with what a practice knows: the practice's place in known_to_practices_, and the sum.
  std::set<std::pair<std::size_t, std::uint32_t>> told_to_practices_;
  std::optional<sums::Solutions> without_release_;  // where nothing is published but before
  Random random_{0};  // any seed: chance can only hide what need not be
};

}  // namespace

Result<Hidden> hide_undetermined(const Sums& sums) {
  return Hiding(sums).run(Hidden(sums.unsafe.size(), false));
}

Result<Hidden> hide_more(const Sums& sums, const Hidden& hidden) {
  return Hiding(sums).run(hidden);
}

}  // namespace parcours::protect
