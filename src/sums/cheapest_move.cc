#include "sums/cheapest_move.h"

#include <ClpSimplex.hpp>
#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

#include "base/check.h"

namespace parcours::sums {
namespace {

constexpr std::size_t of_a_row = 4;  // the largest of a row, and the cheapest
constexpr std::size_t free_of_a_row = 24;
constexpr double free_price = 1e-3;
constexpr int most_steps = 20'000;  // of one program

class Neighbours {
 public:
  Neighbours(const Equations& equations, std::span<const std::int64_t> solution,
             std::span<const std::uint64_t> prices, std::size_t most)
      : equations_(equations),
        solution_(solution),
        prices_(prices),
        most_(most),
        taken_(equations.unknowns(), false),
        row_seen_(equations.rows(), false) {}

  std::vector<std::uint32_t> of(std::uint32_t unknown) {
    if (equations_.unknowns() <= most_) {
      found_.resize(equations_.unknowns());
      std::iota(found_.begin(), found_.end(), 0);
      return found_;
    }
    take(unknown);
    for (std::size_t next = 0; next < found_.size() && found_.size() < most_; ++next) {
      for (const Equations::Term& in : equations_.column(found_[next])) {
        if (!row_seen_[in.index]) {
          row_seen_[in.index] = true;
          take_from(in.index);
        }
      }
    }
    return found_;
  }

 private:
  void take(std::uint32_t unknown) {
    if (!taken_[unknown]) {
      taken_[unknown] = true;
      found_.push_back(unknown);
    }
  }

  void take_from(std::uint32_t row) {
    std::vector<std::uint32_t> all;
    std::size_t free = 0;
    for (const Equations::Term& term : equations_.row(row)) {
      if (prices_[term.index] != 0) {
        all.push_back(term.index);
      } else if (free++ < free_of_a_row) {
        take(term.index);
      }
    }
    const auto few = static_cast<std::ptrdiff_t>(std::min(of_a_row, all.size()));
    std::ranges::partial_sort(all, all.begin() + few, std::ranges::greater(),
                              [&](std::uint32_t u) { return solution_[u]; });
    std::for_each(all.begin(), all.begin() + few, [&](std::uint32_t u) { take(u); });
    std::ranges::partial_sort(all, all.begin() + few, {},
                              [&](std::uint32_t u) { return prices_[u]; });
    std::for_each(all.begin(), all.begin() + few, [&](std::uint32_t u) { take(u); });
  }

  const Equations& equations_;
  std::span<const std::int64_t> solution_;
  std::span<const std::uint64_t> prices_;
  const std::size_t most_;
  std::vector<bool> taken_;
  std::vector<bool> row_seen_;
  std::vector<std::uint32_t> found_;
};

// Prices differ by many powers of two; a program takes their logarithms.
double program_price(std::uint64_t price) {
  return price == 0 ? free_price : 1 + std::log2(static_cast<double>(price));
}

// Two columns an unknown: how far up, and how far down.
class Program {
 public:
  Program(const Equations& equations, std::span<const std::int64_t> solution,
          std::span<const std::uint64_t> prices, const MoveWish& wish,
          std::vector<std::uint32_t> unknowns)
      : equations_(equations), unknowns_(std::move(unknowns)) {
    for (const std::uint32_t u : unknowns_) {
      for (const Equations::Term& in : equations.column(u)) {
        place_of_.try_emplace(in.index, static_cast<int>(place_of_.size()));
      }
    }
    for (const std::uint32_t u : unknowns_) {
      const Range& range = equations.range(u);
      const bool target = u == wish.unknown;
      for (const int direction : {1, -1}) {
        double most = direction < 0            ? static_cast<double>(solution[u] - range.low)
                      : range.high == no_limit ? COIN_DBL_MAX
                                               : static_cast<double>(range.high - solution[u]);
        double least = 0;
        if (target) {
          most = least = direction == wish.direction ? static_cast<double>(wish.by) : 0;
        }
        add_column(u, direction, least, most, program_price(prices[u]));
      }
    }
  }

  // Nothing where it fails; else whether there is a solution.
  std::optional<bool> solve() {
    const std::vector<double> zeros(place_of_.size(), 0);
    simplex_.setLogLevel(0);
    simplex_.setMaximumIterations(most_steps);
    simplex_.loadProblem(static_cast<int>(low_.size()), static_cast<int>(place_of_.size()),
                         starts_.data(), rows_.data(), coefficients_.data(), low_.data(),
                         high_.data(), prices_.data(), zeros.data(), zeros.data());
    try {
      simplex_.dual();
    } catch (const CoinError&) {
      return std::nullopt;
    }
    return simplex_.status() == 0   ? std::optional(true)
           : simplex_.status() == 1 ? std::optional(false)
                                    : std::nullopt;
  }

  std::uint64_t work() const {
    return static_cast<std::uint64_t>(simplex_.numberIterations() + 1) * place_of_.size();
  }

  // The solution in whole numbers, fractions rounded away from 0.
  std::vector<Shift> shifts() const {
    std::vector<Shift> shifts;
    const double* values = simplex_.getColSolution();
    for (std::size_t i = 0; i < unknowns_.size(); ++i) {
      const double by = values[2 * i] - values[2 * i + 1];
      const double near = std::round(by);
      const bool whole = std::abs(by - near) < 1e-4;
      const double away = whole ? near : by > 0 ? std::ceil(by) : std::floor(by);
      if (away != 0) {
        shifts.push_back({unknowns_[i], std::llround(away)});
      }
    }
    return sum_of(std::move(shifts));
  }

 private:
  void add_column(std::uint32_t u, int direction, double least, double most, double price) {
    for (const Equations::Term& in : equations_.column(u)) {
      rows_.push_back(place_of_.at(in.index));
      coefficients_.push_back(direction * in.coefficient);
    }
    starts_.push_back(static_cast<CoinBigIndex>(rows_.size()));
    low_.push_back(least);
    high_.push_back(most);
    prices_.push_back(price);
  }

  const Equations& equations_;
  std::vector<std::uint32_t> unknowns_;
  std::map<std::uint32_t, int> place_of_;  // by row
  std::vector<CoinBigIndex> starts_{0};
  std::vector<int> rows_;
  std::vector<double> coefficients_;
  std::vector<double> low_;
  std::vector<double> high_;
  std::vector<double> prices_;
  ClpSimplex simplex_;
};

bool holds(const Equations& equations, std::span<const std::int64_t> solution, const MoveWish& wish,
           const std::vector<Shift>& shifts) {
  std::map<std::uint32_t, std::int64_t> sums;
  bool carried = false;
  for (const Shift& shift : shifts) {
    const Range& range = equations.range(shift.unknown);
    const std::int64_t after = solution[shift.unknown] + shift.by;
    if (after < range.low || after > range.high) {
      return false;
    }
    carried = carried || (shift.unknown == wish.unknown && shift.by == wish.direction * wish.by);
    for (const Equations::Term& in : equations.column(shift.unknown)) {
      sums[in.index] += in.coefficient * shift.by;
    }
  }
  return carried && std::ranges::all_of(sums, [](const auto& sum) { return sum.second == 0; });
}

}  // namespace

CheapestMove cheapest_move(const Equations& equations, std::span<const std::int64_t> solution,
                           std::span<const std::uint64_t> prices, const MoveWish& wish,
                           std::size_t near) {
  PARCOURS_CHECK(solution.size() == equations.unknowns() && prices.size() == solution.size());
  const std::vector<std::uint32_t> unknowns =
      Neighbours(equations, solution, prices, near).of(wish.unknown);
  const bool all = unknowns.size() == equations.unknowns();
  Program program(equations, solution, prices, wish, unknowns);
  const std::optional<bool> solved = program.solve();
  if (!solved || !*solved) {
    const bool impossible = solved && all;
    return {impossible ? CheapestMove::Outcome::impossible : CheapestMove::Outcome::not_found,
            {},
            program.work()};
  }
  std::vector<Shift> shifts = program.shifts();
  const bool whole = holds(equations, solution, wish, shifts);
  return {whole ? CheapestMove::Outcome::found : CheapestMove::Outcome::broken, std::move(shifts),
          program.work()};
}

}  // namespace parcours::sums
