#include "sums/move.h"

#include <algorithm>
#include <functional>
#include <iterator>
#include <limits>
#include <ranges>
#include <tuple>

#include "base/check.h"
#include "base/random.h"

namespace parcours::sums {
namespace {

constexpr std::uint32_t steps_priced = 150;
constexpr int starts_priced = 24;
constexpr std::size_t longest_move = 300;  // cells
constexpr std::size_t rows_looked_at = 16;
constexpr std::int64_t most_times = 4;     // one cell, in one move
constexpr std::size_t choices_free = 12;   // of a row, the best
constexpr std::size_t choices_priced = 4;  // and as many of those with the most room
constexpr std::uint64_t no_price = std::numeric_limits<std::uint64_t>::max();

}  // namespace

std::vector<Shift> sum_of(std::vector<Shift> shifts) {
  std::ranges::sort(shifts, {}, &Shift::unknown);
  std::size_t kept = 0;
  for (std::size_t i = 0; i < shifts.size(); ++i) {
    if (kept > 0 && shifts[kept - 1].unknown == shifts[i].unknown) {
      shifts[kept - 1].by += shifts[i].by;
    } else {
      shifts[kept++] = shifts[i];
    }
  }
  shifts.resize(kept);
  std::erase_if(shifts, [](const Shift& shift) { return shift.by == 0; });
  return shifts;
}

// One search for one move; depth first, the cheapest kept.
class Moves::Search {
 public:
  Search(Moves& moves, std::int64_t amount, bool priced)
      : moves_(moves), equations_(moves.equations_), amount_(amount), priced_(priced) {}

  // The move by unknown, each a small number of times; nothing when none was found.
  std::optional<std::vector<Shift>> run(std::uint32_t unknown, int direction) {
    if (!moves_.room(unknown, direction * amount_)) {
      return std::nullopt;
    }
    // Depth first, early choices are hardly ever changed: what begins badly begins anew, with half
    // the choices left out by lot.
    for (start_ = 0; start_ < (priced_ ? starts_priced : moves_.effort_.starts); ++start_) {
      steps_ = priced_ ? steps_priced : moves_.effort_.steps;
      take(unknown, direction);
      const bool over = close();
      drop();
      PARCOURS_CHECK(open_.empty());
      if (over && best_ && best_cost_ == 0) {
        break;
      }
    }
    return std::move(best_);
  }

 private:
  struct Choice {
    std::uint32_t unknown;
    std::int32_t times;
    std::uint64_t price;  // of this cell and, at least, of what it will need
    std::int32_t gain;    // rows it balances, less rows it unbalances
  };

  std::uint64_t price_of(std::uint32_t unknown) const {
    return moves_.free(unknown) ? 0 : moves_.prices_[unknown];
  }

  void take(std::uint32_t unknown, std::int32_t times) {
    moves_.taken_[unknown] = times;
    taken_.push_back(unknown);
    cost_ += price_of(unknown);
    for (const Equations::Term& in : equations_.column(unknown)) {
      change(in.index, static_cast<std::int64_t>(in.coefficient) * times);
    }
  }

  void drop() {
    const std::uint32_t unknown = taken_.back();
    taken_.pop_back();
    cost_ -= price_of(unknown);
    const std::int32_t times = std::exchange(moves_.taken_[unknown], 0);
    for (const Equations::Term& in : equations_.column(unknown)) {
      change(in.index, -static_cast<std::int64_t>(in.coefficient) * times);
    }
  }

  void change(std::uint32_t row, std::int64_t by) {
    std::int64_t& imbalance = moves_.imbalance_[row];
    const bool was_open = imbalance != 0;
    imbalance += by;
    if (!was_open && imbalance != 0) {
      open_.push_back(row);
    } else if (was_open && imbalance == 0) {
      open_.erase(std::prev(std::ranges::find(open_ | std::views::reverse, row).base()));
    }
  }

  std::span<const Equations::Term> terms_of(std::uint32_t row) const {
    return priced_ ? equations_.row(row) : std::span<const Equations::Term>(moves_.free_in_[row]);
  }

  // How often a cell must move to balance the row; 0 when it cannot.
  std::int32_t times_for(std::uint32_t row, const Equations::Term& term) const {
    const std::int64_t imbalance = moves_.imbalance_[row];
    if (moves_.taken_[term.index] != 0) {
      return 0;
    }
    std::int64_t times = term.coefficient == 1 ? -imbalance : imbalance;
    if (term.coefficient != 1 && term.coefficient != -1) {
      if (imbalance % term.coefficient != 0) {
        return 0;
      }
      times = -imbalance / term.coefficient;
    }
    if (times > most_times || times < -most_times || !moves_.room(term.index, times * amount_)) {
      return 0;
    }
    return static_cast<std::int32_t>(times);
  }

  // The open row with the fewest choices, of those opened last and looked at no further than
  // needed.
  std::uint32_t tightest() const {
    const std::size_t looked_at = std::min(open_.size(), rows_looked_at);
    std::uint32_t best = open_.back();
    std::size_t fewest = std::numeric_limits<std::size_t>::max();
    for (const std::uint32_t row : std::span(open_).last(looked_at)) {
      std::size_t choices = 0;
      for (const Equations::Term& term : terms_of(row)) {
        choices += times_for(row, term) != 0 ? 1 : 0;
        if (choices >= fewest) {
          break;
        }
      }
      if (choices < fewest) {
        fewest = choices;
        best = row;
        if (fewest <= 1) {
          break;
        }
      }
    }
    return best;
  }

  Choice choice_of(std::uint32_t unknown, std::int32_t times) const {
    Choice choice{unknown, times, price_of(unknown), 0};
    for (const Equations::Term& in : equations_.column(unknown)) {
      const std::int64_t before = moves_.imbalance_[in.index];
      const std::int64_t after = before + static_cast<std::int64_t>(in.coefficient) * times;
      if (after == 0) {
        choice.gain += 1;
      } else if (before == 0) {
        choice.gain -= 1;
        if (priced_ && moves_.free_in_[in.index].empty()) {
          choice.price += moves_.cheapest_in_[in.index];
        }
      }
    }
    return choice;
  }

  std::vector<Choice> choices_of(std::uint32_t row) {
    std::vector<Choice> choices;
    for (const Equations::Term& term : terms_of(row)) {
      if (const std::int32_t times = times_for(row, term); times != 0) {
        choices.push_back(choice_of(term.index, times));
      }
    }
    if (start_ > 0 && choices.size() > 2) {
      std::erase_if(choices, [&](const Choice&) { return (lot_() & 1) != 0; });
    }
    const auto better = [](const Choice& a, const Choice& b) {
      return std::tie(a.price, b.gain, a.unknown) < std::tie(b.price, a.gain, b.unknown);
    };
    const std::size_t kept = std::min(choices.size(), priced_ ? choices_priced : choices_free);
    const auto end = choices.begin() + static_cast<std::ptrdiff_t>(kept);
    std::ranges::partial_sort(choices, end, better);
    std::size_t all = kept;
    if (priced_) {
      // Cheap cells may have neighbours too small to move with them; large ones seldom do.
      all = std::min(choices.size(), 2 * choices_priced);
      std::ranges::partial_sort(
          end, choices.begin() + static_cast<std::ptrdiff_t>(all), choices.end(), std::greater<>(),
          [&](const Choice& choice) { return moves_.solution_[choice.unknown]; });
    }
    choices.resize(all);
    return choices;
  }

  // Whether the search is over: a free move is as good as any other.
  bool close() {
    if (open_.empty()) {
      best_cost_ = cost_;
      best_.emplace();
      for (const std::uint32_t unknown : taken_) {
        best_->push_back({unknown, moves_.taken_[unknown]});
      }
      return cost_ == 0;
    }
    if (steps_ == 0 || taken_.size() >= longest_move) {
      return steps_ == 0;
    }
    --steps_;
    for (const Choice& choice : choices_of(tightest())) {
      if (cost_ + choice.price >= best_cost_) {
        continue;
      }
      take(choice.unknown, choice.times);
      const bool over = close();
      drop();
      if (over) {
        return true;
      }
    }
    return false;
  }

  Moves& moves_;
  const Equations& equations_;
  const std::int64_t amount_;
  const bool priced_;
  std::uint32_t steps_ = 0;
  int start_ = 0;
  Random lot_{0};                     // any seed
  std::vector<std::uint32_t> open_;   // rows that do not balance
  std::vector<std::uint32_t> taken_;  // unknowns, in the order taken
  std::uint64_t cost_ = 0;
  std::uint64_t best_cost_ = no_price;
  std::optional<std::vector<Shift>> best_;
};

Moves::Moves(const Equations& equations, std::vector<std::int64_t> solution)
    : equations_(equations),
      solution_(std::move(solution)),
      moved_(equations.unknowns(), 0),
      prices_(equations.unknowns(), 1),
      cheapest_in_(equations.rows(), 1),
      free_in_(equations.rows()),
      free_at_(equations.unknowns(), not_free),
      imbalance_(equations.rows(), 0),
      taken_(equations.unknowns(), 0) {
  PARCOURS_CHECK(solution_.size() == equations.unknowns());
  room_.resize(equations.unknowns());
  for (std::uint32_t u = 0; u < equations.unknowns(); ++u) {
    set_room(u);
    set_free(u, true);
  }
}

void Moves::set_solution(std::span<const std::uint32_t> unknowns,
                         std::span<const std::int64_t> values) {
  for (const std::uint32_t u : unknowns) {
    solution_[u] = values[u];
    set_room(u);
  }
}

void Moves::set_room(std::uint32_t unknown) {
  const Range& range = equations_.range(unknown);
  const std::int64_t value = solution_[unknown] + moved_[unknown];
  room_[unknown] = {value - range.low, range.high == no_limit ? no_limit : range.high - value};
}

void Moves::shift(std::uint32_t unknown, std::int64_t by) {
  moved_[unknown] += by;
  set_room(unknown);
}

void Moves::set_free(std::uint32_t unknown, bool free) {
  if (free == this->free(unknown)) {
    return;
  }
  free_at_[unknown] = free ? 0 : not_free;
  for (const Equations::Term& in : equations_.column(unknown)) {
    std::vector<Equations::Term>& row = free_in_[in.index];
    if (free) {
      row.push_back({unknown, in.coefficient});
    } else {
      row.erase(std::ranges::find(row, unknown, &Equations::Term::index));
    }
  }
}

void Moves::set_prices(std::vector<std::uint64_t> prices) {
  PARCOURS_CHECK(prices.size() == prices_.size());
  prices_ = std::move(prices);
  for (std::uint32_t row = 0; row < equations_.rows(); ++row) {
    cheapest_in_[row] = no_price / 2;
    for (const Equations::Term& term : equations_.row(row)) {
      cheapest_in_[row] = std::min(cheapest_in_[row], prices_[term.index]);
    }
  }
}

void Moves::start_from(std::span<const Shift> shifts) {
  for (const std::uint32_t u : started_) {
    shift(u, -moved_[u]);
  }
  started_.clear();
  for (const auto& [unknown, by] : shifts) {
    shift(unknown, by);
    started_.push_back(unknown);
  }
}

Moves::Reach Moves::reach(std::uint32_t unknown, int direction, std::int64_t want) {
  Reach reach;
  std::vector<Shift> all;
  std::int64_t amount = want;
  while (reach.by < want && amount > 0) {
    const auto move = Search(*this, amount, false).run(unknown, direction);
    if (!move) {
      amount /= 2;
      continue;
    }
    for (const auto& [moving, times] : *move) {
      shift(moving, times * amount);
      all.push_back({moving, times * amount});
    }
    reach.by += amount;
    amount = std::min(amount, want - reach.by);
  }
  for (const auto& [moved, by] : all) {
    shift(moved, -by);
  }
  reach.shifts = sum_of(std::move(all));
  return reach;
}

std::optional<std::vector<Shift>> Moves::cheapest(std::uint32_t unknown, int direction,
                                                  std::int64_t want) {
  auto move = Search(*this, want, true).run(unknown, direction);
  if (move) {
    for (Shift& shift : *move) {
      shift.by *= want;
    }
    std::ranges::sort(*move, {}, &Shift::unknown);
  }
  return move;
}

}  // namespace parcours::sums
