#include "audit/derivation.h"

#include <algorithm>
#include <functional>
#include <limits>
#include <numeric>
#include <queue>

#include "audit/reasons.h"
#include "audit/shorten.h"
#include "sums/elimination.h"

namespace parcours::audit {
namespace {

constexpr std::uint32_t never = std::numeric_limits<std::uint32_t>::max();

// The cells that sums give away one after another, each by the fewest terms.
class Peeling {
 public:
  explicit Peeling(const sums::System& system) : system_(system) {
    const std::size_t cells = system.ranges.size();
    turn_.assign(cells, never);
    by_.assign(cells, never);
    starts_.assign(cells + 1, 0);
    for (const tables::Relation& relation : system.relations) {
      for (const tables::Relation::Term& term : relation.terms) {
        starts_[term.cell + 1] += unknown(term.cell) ? 1 : 0;
      }
    }
    std::partial_sum(starts_.begin(), starts_.end(), starts_.begin());
    holding_.resize(starts_.back());
    std::vector<std::uint32_t> next(starts_.begin(), starts_.end() - 1);
    left_.assign(system.relations.size(), 0);
    cost_.assign(system.relations.size(), 0);
    for (std::uint32_t r = 0; r < system.relations.size(); ++r) {
      for (const tables::Relation::Term& term : system.relations[r].terms) {
        if (unknown(term.cell)) {
          holding_[next[term.cell]++] = r;
          ++left_[r];
        } else {
          cost_[r] += system.ranges[term.cell].low != 0 ? 1 : 0;
        }
      }
      offer(r);
    }
    run();
  }

  bool found(std::uint32_t cell) const { return turn_[cell] != never; }
  std::uint32_t turn(std::uint32_t cell) const { return turn_[cell]; }
  std::uint32_t relation(std::uint32_t cell) const { return by_[cell]; }

 private:
  bool unknown(std::uint32_t cell) const { return !system_.ranges[cell].known(); }

  // A sum with one cell left gives it away.
  void offer(std::uint32_t r) {
    if (left_[r] != 1) {
      return;
    }
    for (const tables::Relation::Term& term : system_.relations[r].terms) {
      if (unknown(term.cell) && !found(term.cell)) {
        offers_.push({cost_[r], r, term.cell});
      }
    }
  }

  void run() {
    std::uint32_t turns = 0;
    while (!offers_.empty()) {
      const Offer offer_made = offers_.top();
      offers_.pop();
      if (found(offer_made.cell)) {
        continue;
      }
      turn_[offer_made.cell] = turns++;
      by_[offer_made.cell] = offer_made.relation;
      for (std::uint32_t at = starts_[offer_made.cell]; at < starts_[offer_made.cell + 1]; ++at) {
        const std::uint32_t r = holding_[at];
        --left_[r];
        cost_[r] += offer_made.cost;
        offer(r);
      }
    }
  }

  struct Offer {
    std::uint64_t cost;
    std::uint32_t relation;
    std::uint32_t cell;
    friend auto operator<=>(const Offer&, const Offer&) = default;
  };

  const sums::System& system_;
  std::vector<std::uint32_t> turn_;    // by cell: when it was found
  std::vector<std::uint32_t> by_;      // by cell: the relation that gives it away
  std::vector<std::uint32_t> starts_;  // by cell
  std::vector<std::uint32_t> holding_;
  std::vector<std::uint32_t> left_;  // by relation: unknown cells not found yet
  std::vector<std::uint64_t> cost_;  // by relation: terms other than 0 that its known cells take
  std::priority_queue<Offer, std::vector<Offer>, std::greater<>> offers_;
};

// Adds relations to `weights` until no cell that peeling found is left of their combination, but
// `keep` with coefficient 1.
FieldWeights without_peeled(const sums::System& system, const Peeling& peeling,
                            FieldWeights weights, std::uint32_t keep) {
  // What is wanted of each cell less what is there; the last one found first, as its reason holds
  // only cells found before it.
  std::map<std::uint32_t, std::pair<std::uint32_t, sums::Element>, std::greater<>> left;
  const auto put_in = [&](std::uint32_t relation, sums::Element times_it) {
    for (const tables::Relation::Term& term : system.relations[relation].terms) {
      if (peeling.found(term.cell)) {
        auto& [cell, share] = left[peeling.turn(term.cell)];
        cell = term.cell;
        share = sums::plus(share,
                           sums::minus(sums::times(times_it, sums::element_of(term.coefficient))));
      }
    }
  };
  for (const auto& [relation, weight] : weights) {
    put_in(relation, weight);
  }
  if (peeling.found(keep)) {
    auto& [cell, share] = left[peeling.turn(keep)];
    cell = keep;
    share = sums::plus(share, 1);
  }
  while (!left.empty()) {
    const auto [cell, share] = left.begin()->second;
    if (share == 0) {
      left.erase(left.begin());
      continue;
    }
    const std::uint32_t relation = peeling.relation(cell);
    sums::Element coefficient = 0;
    for (const tables::Relation::Term& term : system.relations[relation].terms) {
      coefficient =
          sums::plus(coefficient, term.cell == cell ? sums::element_of(term.coefficient) : 0);
    }
    const sums::Element times_it = sums::times(share, sums::inverse(coefficient));
    sums::Element& weight = weights[relation];
    weight = sums::plus(weight, times_it);
    put_in(relation, times_it);
  }
  return weights;
}

}  // namespace

Result<Derivations> derive(const sums::System& system, Progress& progress, const Stop& stop) {
  const Peeling peeling(system);
  std::vector<bool> rest(system.ranges.size());
  std::vector<std::pair<std::uint32_t, FieldWeights>> reasons;
  for (std::uint32_t cell = 0; cell < rest.size(); ++cell) {
    rest[cell] = !system.ranges[cell].known() && !peeling.found(cell);
    if (peeling.found(cell)) {
      reasons.emplace_back(cell, FieldWeights{});
    }
  }
  if (stop.requested()) {
    return stopped();
  }
  const sums::Elimination elimination = sums::eliminate_and_explain(system.relations, rest);
  for (std::size_t i = 0; i < elimination.determined.size(); ++i) {
    FieldWeights weights;
    for (const sums::Weight& weight : elimination.reasons[i]) {
      weights[weight.relation] = weight.coefficient;
    }
    reasons.emplace_back(elimination.determined[i], std::move(weights));
  }
  std::ranges::sort(reasons, {}, &std::pair<std::uint32_t, FieldWeights>::first);
  const Shortener shortener(system);
  Derivations made;
  progress.begin("working out reasons", reasons.size());
  for (auto& [cell, weights] : reasons) {
    if (stop.requested()) {
      return stopped();
    }
    auto derivation =
        in_whole_numbers(system, without_peeled(system, peeling, std::move(weights), cell), cell);
    if (derivation) {
      shortener.shorten(*derivation);
      made.proved.push_back(*std::move(derivation));
    } else {
      made.unproved.push_back(cell);
    }
    progress.add(1);
  }
  progress.end();
  return made;
}

}  // namespace parcours::audit
