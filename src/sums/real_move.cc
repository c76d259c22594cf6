#include "sums/real_move.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <limits>
#include <map>
#include <queue>
#include <unordered_map>
#include <utility>

#include "base/check.h"
#include "sums/row_basis.h"

namespace parcours::sums {
namespace {

constexpr double nearly = 1e-6;
// Unknowns of the programs that are tried in turn. Larger ones take minutes each.
constexpr std::array<std::size_t, 3> near_in_turn = {300, 2'000, RealMoves::all_near};
// Where a move is held back among those near, it is tried again with the unknowns that would help
// most, so many at a time and so often: far fewer than the next larger program has. Of 67,000
// unknowns the first five carried a move that was held back among 10,000.
constexpr std::size_t most_wanted = 40;
constexpr int most_rounds = 4;
// One row further away counts as so many rows that an unknown meets alone.
constexpr std::uint32_t near_for_a_row = 2;
// What is so many rows from a wanted unknown comes with what is next to the one in question.
constexpr std::uint32_t wanted_ahead = 4;

// Of an unknown that shares a row with one that is near.
struct Met {
  std::uint32_t rows_alone;  // which none that is near has
  std::uint32_t distance;    // rows between
  std::uint32_t turn;
};

}  // namespace

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

void RealMoves::set_prices(std::vector<double> prices) {
  PARCOURS_CHECK(prices.size() == free_.size());
  prices_ = std::move(prices);
}

// An unknown that meets rows which others do not has to be balanced in each of them by more
// unknowns. So those come first that meet few such rows, and those near before those far.
RealMoves::Near RealMoves::near(std::uint32_t unknown, Movable movable, std::size_t most,
                                std::span<const std::uint32_t> wanted) {
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
  std::vector<std::uint32_t> from{unknown};
  from.insert(from.end(), wanted.begin(), wanted.end());
  const auto meet = [&](std::uint32_t u, std::uint32_t distance) {
    Met& here = met.try_emplace(u, static_cast<std::uint32_t>(equations_.column(u).size()),
                                distance, static_cast<std::uint32_t>(met.size()))
                    .first->second;
    --here.rows_alone;
    waiting.push({here.rows_alone + near_for_a_row * here.distance, here.turn, u});
  };
  std::uint32_t turn = 0;
  for (const std::uint32_t first : from) {
    met.emplace(first, Met{static_cast<std::uint32_t>(equations_.column(first).size()),
                           first == unknown ? wanted_ahead : 0, turn});
    waiting.push({0, turn++, first});
  }
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
        if ((free_[term.index] || movable == Movable::all) && !met_[term.index]) {
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

std::vector<std::uint32_t> RealMoves::wanted_beside(const Near& near, Movable movable) {
  for (const std::uint32_t u : near.unknowns) {
    met_[u] = true;
  }
  std::map<std::uint32_t, double> worth_of;  // of a step up
  for (const auto& [row, worth] : holding_back_) {
    for (const Equations::Term& term : equations_.row(row)) {
      if (!met_[term.index] && (free_[term.index] || movable == Movable::all)) {
        worth_of[term.index] += worth * term.coefficient;
      }
    }
  }
  for (const std::uint32_t u : near.unknowns) {
    met_[u] = false;
  }
  struct Wanted {
    double gain;  // for each row in which it must be balanced
    std::uint32_t unknown;
  };
  std::vector<Wanted> wanted;
  for (const auto& [u, worth] : worth_of) {
    const Range& range = equations_.range(u);
    const bool moves =
        worth > 0 ? range.high == no_limit || solution_[u] < range.high : solution_[u] > range.low;
    const double gain = std::abs(worth) - price_of(u);
    if (moves && gain > nearly) {
      wanted.push_back({gain / static_cast<double>(equations_.column(u).size()), u});
    }
  }
  std::ranges::stable_sort(wanted, std::greater<>(), &Wanted::gain);
  wanted.resize(std::min(wanted.size(), most_wanted));
  std::vector<std::uint32_t> unknowns;
  for (const Wanted& one : wanted) {
    unknowns.push_back(one.unknown);
  }
  return unknowns;
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

std::vector<RealProgram::Unknown> RealMoves::asked(const Near& near) const {
  std::vector<RealProgram::Unknown> asked;
  for (const std::uint32_t u : near.unknowns) {
    const Range& range = equations_.range(u);
    asked.push_back({u, static_cast<double>(solution_[u] - range.low),
                     range.high == no_limit ? std::numeric_limits<double>::infinity()
                                            : static_cast<double>(range.high - solution_[u]),
                     price_of(u)});
  }
  return asked;
}

std::optional<RealMoves::Reach> RealMoves::reach_in(const Near& near, std::uint32_t unknown,
                                                    int direction, std::int64_t want) {
  const bool stuck = near.unknowns.empty() || near.unknowns.front() != unknown;
  if (stuck || want <= 0) {
    return Reach{};
  }
  if (in_basis_.empty()) {
    in_basis_ = row_basis(equations_);
  }
  RealSolution solution =
      solve(equations_, in_basis_, {asked(near), unknown, direction, static_cast<double>(want)});
  work_ += solution.work;
  if (!solution.solved) {
    return std::nullopt;
  }
  if (!solution.worths.empty()) {
    holding_back_ = std::move(solution.worths);
  }
  return Reach{solution.by, std::move(solution.moved)};
}

template <class Answer>
std::optional<Answer> RealMoves::by_nearness(
    std::uint32_t unknown, Movable movable, std::size_t most,
    const std::function<std::optional<Answer>(const Near&)>& ask,
    const std::function<bool(const Answer&)>& enough) {
  std::optional<Answer> answer = Answer{};
  if (!free_[unknown]) {
    return answer;
  }
  for (const std::size_t size : near_in_turn) {
    std::vector<std::uint32_t> wanted;
    for (int round = 0; round <= most_rounds; ++round) {
      const Near around = near(unknown, movable, size, wanted);
      holding_back_.clear();
      answer = ask(around);
      if (around.all || (answer && enough(*answer))) {
        return answer;
      }
      const std::vector<std::uint32_t> more = wanted_beside(around, movable);
      if (more.empty()) {
        break;
      }
      wanted.insert(wanted.end(), more.begin(), more.end());
    }
    if (size >= most) {
      break;
    }
  }
  return answer;
}

std::optional<RealMoves::Reach> RealMoves::reach(std::uint32_t unknown, int direction,
                                                 std::int64_t want) {
  return by_nearness<Reach>(
      unknown, Movable::free, all_near,
      [&](const Near& around) { return reach_in(around, unknown, direction, want); },
      [&](const Reach& reach) { return reach.by > static_cast<double>(want) - nearly; });
}

std::optional<RealMoves::Apart> RealMoves::apart(std::uint32_t unknown, std::int64_t width,
                                                 std::size_t most_near) {
  return apart(unknown, width, Movable::free, most_near);
}

std::optional<RealMoves::Apart> RealMoves::apart_by_freeing(std::uint32_t unknown,
                                                            std::int64_t width) {
  PARCOURS_CHECK(prices_.size() == free_.size());
  return apart(unknown, width, Movable::all, all_near);
}

std::optional<RealMoves::Apart> RealMoves::apart(std::uint32_t unknown, std::int64_t width,
                                                 Movable movable, std::size_t most) {
  const auto ask = [&](const Near& around) -> std::optional<Apart> {
    auto up = reach_in(around, unknown, 1, width);
    if (!up) {
      return std::nullopt;
    }
    Apart apart{{}, *std::move(up)};
    if (apart.width() < width) {
      auto down = reach_in(around, unknown, -1, width);
      if (!down) {
        return std::nullopt;
      }
      apart.down = *std::move(down);
    }
    return apart;
  };
  return by_nearness<Apart>(unknown, movable, most, ask,
                            [&](const Apart& apart) { return apart.width() >= width; });
}

std::int64_t RealMoves::Apart::width() const {
  return whole_numbers_between(down.by, up.by);
}

std::int64_t whole_numbers_between(double down, double up) {
  return std::llround(std::floor(up + nearly) + std::floor(down + nearly));
}

}  // namespace parcours::sums
