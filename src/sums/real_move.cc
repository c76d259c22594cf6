#include "sums/real_move.h"

#include <ClpSimplex.hpp>
#include <algorithm>
#include <cmath>

#include "base/check.h"

namespace parcours::sums {
namespace {

constexpr int most_real_steps = 20'000;  // of one program
constexpr double nearly = 1e-6;

}  // namespace

struct RealMoves::Program {
  ClpSimplex simplex;
  std::vector<double> down;  // by unknown: how far it can go, 0 or less
  std::vector<double> up;
  std::vector<bool> free;
  std::uint64_t work = 0;

  void set_range(std::uint32_t unknown, double low, double high) {
    simplex.setColumnBounds(static_cast<int>(unknown), low, high);
  }
};

RealMoves::RealMoves(const Equations& equations, std::span<const std::int64_t> solution)
    : program_(std::make_unique<Program>()) {
  PARCOURS_CHECK(solution.size() == equations.unknowns());
  std::vector<CoinBigIndex> starts{0};
  std::vector<int> rows;
  std::vector<double> coefficients;
  for (std::uint32_t u = 0; u < equations.unknowns(); ++u) {
    for (const Equations::Term& in : equations.column(u)) {
      rows.push_back(static_cast<int>(in.index));
      coefficients.push_back(in.coefficient);
    }
    starts.push_back(static_cast<CoinBigIndex>(rows.size()));
    const Range& range = equations.range(u);
    program_->down.push_back(static_cast<double>(range.low - solution[u]));
    program_->up.push_back(range.high == no_limit ? COIN_DBL_MAX
                                                  : static_cast<double>(range.high - solution[u]));
  }
  const std::vector<double> zeros(std::max(equations.unknowns(), equations.rows()), 0);
  ClpSimplex& simplex = program_->simplex;
  simplex.setLogLevel(0);
  simplex.setMaximumIterations(most_real_steps);
  simplex.loadProblem(static_cast<int>(equations.unknowns()), static_cast<int>(equations.rows()),
                      starts.data(), rows.data(), coefficients.data(), zeros.data(), zeros.data(),
                      zeros.data(), zeros.data(), zeros.data());
  program_->free.assign(equations.unknowns(), false);
}

RealMoves::RealMoves(RealMoves&&) noexcept = default;
RealMoves::~RealMoves() = default;

void RealMoves::set_free(std::uint32_t unknown, bool free) {
  program_->free[unknown] = free;
  program_->set_range(unknown, free ? program_->down[unknown] : 0,
                      free ? program_->up[unknown] : 0);
}

std::optional<RealMoves::Reach> RealMoves::reach(std::uint32_t unknown, int direction,
                                                 std::int64_t want) {
  Program& program = *program_;
  ClpSimplex& simplex = program.simplex;
  const auto column = static_cast<int>(unknown);
  const double most = static_cast<double>(want);
  if (!program.free[unknown] || want <= 0) {
    return Reach{};
  }
  program.set_range(unknown, direction < 0 ? std::max(program.down[unknown], -most) : 0,
                    direction < 0 ? 0 : std::min(program.up[unknown], most));
  simplex.setObjectiveCoefficient(column, -direction);
  bool solved = true;
  try {
    simplex.primal();
    solved = simplex.status() == 0;
  } catch (const CoinError&) {
    solved = false;
  }
  program.work += static_cast<std::uint64_t>(simplex.numberIterations() + 1) *
                  static_cast<std::uint64_t>(simplex.numberRows());
  simplex.setObjectiveCoefficient(column, 0);
  set_free(unknown, true);
  if (!solved) {
    return std::nullopt;
  }
  const double* values = simplex.getColSolution();
  Reach reach{std::abs(values[column]), {}};
  for (std::uint32_t u = 0; u < program.free.size(); ++u) {
    if (std::abs(values[u]) > nearly) {
      reach.moved.push_back({u, values[u]});
    }
  }
  return reach;
}

std::uint64_t RealMoves::work() const {
  return program_->work;
}

std::int64_t whole_numbers_between(double down, double up) {
  return std::llround(std::floor(up + nearly) + std::floor(down + nearly));
}

}  // namespace parcours::sums
