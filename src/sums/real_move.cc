#include "sums/real_move.h"

#include <ClpSimplex.hpp>
#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <queue>
#include <unordered_map>

#include "base/check.h"

namespace parcours::sums {
namespace {

constexpr int most_real_steps = 20'000;  // of one program
constexpr double nearly = 1e-6;
// Unknowns of the programs that are tried in turn. Larger ones take minutes each.
constexpr std::array<std::size_t, 3> near_in_turn = {300, 2'000, 12'000};
// One row further away counts as so many rows that an unknown meets alone.
constexpr std::uint32_t near_for_a_row = 2;
// What a step of the unknown in question is worth, if a step of another one costs 1.
constexpr double worth = 1e5;

// Of an unknown that shares a row with one that is near.
struct Met {
  std::uint32_t rows_alone;  // which none that is near has
  std::uint32_t distance;    // rows between
  std::uint32_t turn;
};

}  // namespace

// Two columns an unknown: how far up, and how far down. Where nothing moves no price can fall, so
// the dual simplex begins there.
class RealMoves::Program {
 public:
  Program(const RealMoves& moves, const std::vector<std::uint32_t>& unknowns,
          std::vector<std::uint32_t>& row_of)
      : equations_(moves.equations_), unknowns_(unknowns) {
    for (const std::uint32_t u : unknowns) {
      for (const Equations::Term& in : equations_.column(u)) {
        if (row_of[in.index] == 0) {
          rows_.push_back(in.index);
          row_of[in.index] = static_cast<std::uint32_t>(rows_.size());
        }
      }
    }
    row_of_ = &row_of;
  }

  void load(const RealMoves& moves, std::uint32_t unknown, int direction, double want) {
    for (const std::uint32_t u : unknowns_) {
      const Range& range = equations_.range(u);
      const auto down = static_cast<double>(moves.solution_[u] - range.low);
      const double up = range.high == no_limit
                            ? COIN_DBL_MAX
                            : static_cast<double>(range.high - moves.solution_[u]);
      if (u == unknown) {
        add_column(u, direction, std::min(want, direction < 0 ? down : up), -worth);
        continue;
      }
      add_column(u, 1, up, 1);
      add_column(u, -1, down, 1);
    }
  }

  std::uint64_t solve() {
    const std::vector<double> zeros(std::max(high_.size(), rows_.size()), 0);
    simplex_.setLogLevel(0);
    simplex_.setMaximumIterations(most_real_steps);
    simplex_.loadProblem(static_cast<int>(high_.size()), static_cast<int>(rows_.size()),
                         starts_.data(), places_.data(), coefficients_.data(), zeros.data(),
                         high_.data(), prices_.data(), zeros.data(), zeros.data());
    try {
      simplex_.dual();
      solved_ = simplex_.status() == 0;
    } catch (const CoinError&) {
      solved_ = false;
    }
    return static_cast<std::uint64_t>(simplex_.numberIterations() + 1) * rows_.size();
  }

  bool solved() const { return solved_; }
  std::span<const std::uint32_t> rows() const { return rows_; }

  Reach reach(std::uint32_t unknown, int direction) const {
    Reach reach;
    const double* values = simplex_.getColSolution();
    std::size_t column = 0;
    for (const std::uint32_t u : unknowns_) {
      double by = 0;
      if (u == unknown) {
        reach.by = values[column];
        by = direction * values[column++];
      } else {
        by = values[column] - values[column + 1];
        column += 2;
      }
      if (std::abs(by) > nearly) {
        reach.moved.push_back({u, by});
      }
    }
    return reach;
  }

 private:
  void add_column(std::uint32_t u, int direction, double most, double price) {
    for (const Equations::Term& in : equations_.column(u)) {
      places_.push_back(static_cast<int>((*row_of_)[in.index]) - 1);
      coefficients_.push_back(direction * in.coefficient);
    }
    starts_.push_back(static_cast<CoinBigIndex>(places_.size()));
    high_.push_back(most);
    prices_.push_back(price);
  }

  const Equations& equations_;
  const std::vector<std::uint32_t>& unknowns_;
  std::vector<std::uint32_t>* row_of_;  // by row: its place, from 1
  std::vector<std::uint32_t> rows_;
  std::vector<CoinBigIndex> starts_{0};
  std::vector<int> places_;
  std::vector<double> coefficients_;
  std::vector<double> high_;
  std::vector<double> prices_;
  ClpSimplex simplex_;
  bool solved_ = false;
};

RealMoves::RealMoves(const Equations& equations, std::span<const std::int64_t> solution)
    : equations_(equations),
      solution_(solution.begin(), solution.end()),
      free_(equations.unknowns(), false),
      met_(equations.unknowns(), false),
      row_of_(equations.rows(), 0) {
  PARCOURS_CHECK(solution.size() == equations.unknowns());
}

void RealMoves::set_free(std::uint32_t unknown, bool free) {
  free_[unknown] = free;
}

// An unknown that meets rows which others do not has to be balanced in each of them by more
// unknowns. So those come first that meet few such rows, and those near before those far.
RealMoves::Near RealMoves::near(std::uint32_t unknown, std::size_t most) {
  struct Next {
    std::uint32_t cost;
    std::uint32_t turn;  // of two alike, the one met first
    std::uint32_t unknown;
    auto operator<=>(const Next&) const = default;
  };
  Near found;
  std::priority_queue<Next, std::vector<Next>, std::greater<>> waiting;
  std::unordered_map<std::uint32_t, Met> met;
  std::vector<std::uint32_t> rows;
  const auto meet = [&](std::uint32_t u, std::uint32_t distance) {
    Met& here = met.try_emplace(u, static_cast<std::uint32_t>(equations_.column(u).size()),
                                distance, static_cast<std::uint32_t>(met.size()))
                    .first->second;
    --here.rows_alone;
    waiting.push({here.rows_alone + near_for_a_row * here.distance, here.turn, u});
  };
  met.emplace(unknown, Met{static_cast<std::uint32_t>(equations_.column(unknown).size()), 0, 0});
  waiting.push({0, 0, unknown});
  while (!waiting.empty() && found.unknowns.size() < most) {
    const std::uint32_t u = waiting.top().unknown;
    waiting.pop();
    if (met_[u]) {
      continue;
    }
    met_[u] = true;
    found.unknowns.push_back(u);
    const std::uint32_t distance = met.at(u).distance + 1;
    for (const Equations::Term& in : equations_.column(u)) {
      if (row_of_[in.index] != 0) {
        continue;
      }
      row_of_[in.index] = 1;
      rows.push_back(in.index);
      for (const Equations::Term& term : equations_.row(in.index)) {
        if (free_[term.index] && !met_[term.index]) {
          meet(term.index, distance);
        }
      }
    }
  }
  found.all = waiting.empty();
  for (const std::uint32_t r : rows) {
    row_of_[r] = 0;
  }
  drop_stuck(found.unknowns);
  return found;
}

// What is alone in a row cannot move: it is taken out, and what is alone without it, too.
void RealMoves::drop_stuck(std::vector<std::uint32_t>& unknowns) {
  std::vector<std::uint32_t> rows;
  for (const std::uint32_t u : unknowns) {
    for (const Equations::Term& in : equations_.column(u)) {
      if (row_of_[in.index]++ == 0) {
        rows.push_back(in.index);
      }
    }
  }
  const std::vector<std::uint32_t> all = rows;
  while (!rows.empty()) {
    const std::uint32_t row = rows.back();
    rows.pop_back();
    if (row_of_[row] != 1) {
      continue;
    }
    for (const Equations::Term& term : equations_.row(row)) {
      if (!met_[term.index]) {
        continue;
      }
      met_[term.index] = false;
      for (const Equations::Term& in : equations_.column(term.index)) {
        --row_of_[in.index];
        rows.push_back(in.index);
      }
    }
  }
  for (const std::uint32_t r : all) {
    row_of_[r] = 0;
  }
  std::vector<std::uint32_t> kept;
  for (const std::uint32_t u : unknowns) {
    if (met_[u]) {
      kept.push_back(u);
      met_[u] = false;
    }
  }
  unknowns = std::move(kept);
}

std::optional<RealMoves::Reach> RealMoves::reach_in(const Near& near, std::uint32_t unknown,
                                                    int direction, std::int64_t want) {
  const bool stuck = near.unknowns.empty() || near.unknowns.front() != unknown;
  if (stuck || want <= 0) {
    return Reach{};
  }
  Program program(*this, near.unknowns, row_of_);
  program.load(*this, unknown, direction, static_cast<double>(want));
  for (const std::uint32_t row : program.rows()) {
    row_of_[row] = 0;
  }
  work_ += program.solve();
  return program.solved() ? std::optional(program.reach(unknown, direction)) : std::nullopt;
}

std::optional<RealMoves::Reach> RealMoves::reach(std::uint32_t unknown, int direction,
                                                 std::int64_t want) {
  std::optional<Reach> reach = Reach{};
  for (const std::size_t most : near_in_turn) {
    if (!free_[unknown]) {
      break;
    }
    const Near around = this->near(unknown, most);
    reach = reach_in(around, unknown, direction, want);
    if (around.all || (reach && reach->by > static_cast<double>(want) - nearly)) {
      break;
    }
  }
  return reach;
}

std::optional<RealMoves::Apart> RealMoves::apart(std::uint32_t unknown, std::int64_t width) {
  std::optional<Apart> apart = Apart{};
  for (const std::size_t most : near_in_turn) {
    if (!free_[unknown]) {
      break;
    }
    const Near around = this->near(unknown, most);
    auto up = reach_in(around, unknown, 1, width);
    apart = up ? std::optional(Apart{{}, *std::move(up)}) : std::nullopt;
    if (apart && apart->width() < width) {
      auto down = reach_in(around, unknown, -1, width);
      if (down) {
        apart->down = *std::move(down);
      } else {
        apart.reset();
      }
    }
    if (around.all || (apart && apart->width() >= width)) {
      break;
    }
  }
  return apart;
}

std::int64_t RealMoves::Apart::width() const {
  return whole_numbers_between(down.by, up.by);
}

std::int64_t whole_numbers_between(double down, double up) {
  return std::llround(std::floor(up + nearly) + std::floor(down + nearly));
}

}  // namespace parcours::sums
