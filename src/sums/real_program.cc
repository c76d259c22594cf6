#include "sums/real_program.h"

#include <ClpSimplex.hpp>
#include <algorithm>
#include <cmath>
#include <unordered_map>
#include <utility>

namespace parcours::sums {
namespace {

constexpr int most_real_steps = 20'000;
constexpr double negligible = 1e-6;
// What a step of the unknown that is asked for is worth, if a step of another one costs 1.
constexpr double worth = 1e5;

class Solver {
 public:
  Solver(const Equations& equations, const std::vector<bool>& kept, const RealProgram& program)
      : program_(program) {
    for (const RealProgram::Unknown& one : program.unknowns) {
      const bool asked = one.unknown == program.asked;
      for (const bool down : {false, true}) {
        for (const Equations::Term& in : equations.column(one.unknown)) {
          if (kept[in.index]) {
            places_.push_back(place(in.index));
            coefficients_.push_back(down ? -in.coefficient : in.coefficient);
          }
        }
        starts_.push_back(static_cast<CoinBigIndex>(places_.size()));
        const double room = down ? one.down : one.up;
        const bool along = down == (program.direction < 0);
        high_.push_back(asked ? (along ? std::min(program.want, room) : 0) : room);
        prices_.push_back(asked && along ? -worth : one.price);
      }
    }
    const std::vector<double> zeros(std::max(high_.size(), rows_.size()), 0);
    simplex_.setLogLevel(0);
    simplex_.setMaximumIterations(most_real_steps);
    simplex_.loadProblem(static_cast<int>(high_.size()), static_cast<int>(rows_.size()),
                         starts_.data(), places_.data(), coefficients_.data(), zeros.data(),
                         high_.data(), prices_.data(), zeros.data(), zeros.data());
  }

  void run() { simplex_.dual(); }

  RealSolution solution(bool ended) const {
    RealSolution solution;
    solution.work = static_cast<std::uint64_t>(simplex_.numberIterations() + 1) * rows_.size();
    solution.solved = ended && simplex_.status() == 0;
    if (solution.solved) {
      read_move(solution);
      read_worths(solution);
    }
    return solution;
  }

 private:
  int place(std::uint32_t row) {
    const auto [at, fresh] = place_of_row_.try_emplace(row, static_cast<int>(rows_.size()));
    if (fresh) {
      rows_.push_back(row);
    }
    return at->second;
  }

  void read_move(RealSolution& solution) const {
    const double* value = simplex_.getColSolution();
    for (const RealProgram::Unknown& one : program_.unknowns) {
      const double by = value[0] - value[1];
      value += 2;
      if (one.unknown == program_.asked) {
        solution.by = program_.direction * by;
      }
      if (std::abs(by) > negligible) {
        solution.moved.push_back({one.unknown, by});
      }
    }
  }

  void read_worths(RealSolution& solution) const {
    const double* multipliers = simplex_.getRowPrice();
    for (std::size_t i = 0; i < rows_.size(); ++i) {
      if (std::abs(multipliers[i]) > negligible) {
        solution.worths.push_back({rows_[i], multipliers[i]});
      }
    }
  }

  const RealProgram& program_;
  std::unordered_map<std::uint32_t, int> place_of_row_;  // by row
  std::vector<std::uint32_t> rows_;
  std::vector<CoinBigIndex> starts_{0};
  std::vector<int> places_;
  std::vector<double> coefficients_;
  std::vector<double> high_;
  std::vector<double> prices_;
  ClpSimplex simplex_;
};

}  // namespace

RealSolution solve(const Equations& equations, const std::vector<bool>& kept,
                   const RealProgram& program) {
  Solver solver(equations, kept, program);
  try {
    solver.run();
  } catch (const CoinError&) {
    return solver.solution(false);
  }
  return solver.solution(true);
}

}  // namespace parcours::sums
