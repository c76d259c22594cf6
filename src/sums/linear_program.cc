#include "sums/linear_program.h"

#include <ClpSimplex.hpp>
#include <ClpSolve.hpp>
#include <algorithm>

#include "base/check.h"

namespace parcours::sums {

struct LinearProgram::Model {
  ClpSimplex simplex;
  std::vector<std::uint32_t> unknowns;
  bool begun = false;
  std::vector<double> multipliers;
};

LinearProgram::LinearProgram(const Equations& equations, const Equations::Part& part,
                             std::span<const Range> ranges)
    : model_(std::make_unique<Model>()) {
  model_->unknowns = part.unknowns;
  std::vector<CoinBigIndex> starts{0};
  std::vector<int> rows;
  std::vector<double> coefficients;
  std::vector<double> low;
  std::vector<double> high;
  for (const std::uint32_t u : part.unknowns) {
    for (const Equations::Term& in : equations.column(u)) {
      const auto at = std::ranges::lower_bound(part.rows, in.index);
      rows.push_back(static_cast<int>(at - part.rows.begin()));
      coefficients.push_back(in.coefficient);
    }
    starts.push_back(static_cast<CoinBigIndex>(rows.size()));
    low.push_back(static_cast<double>(ranges[u].low));
    high.push_back(ranges[u].high == no_limit ? COIN_DBL_MAX : static_cast<double>(ranges[u].high));
  }
  std::vector<double> sums;
  for (const std::uint32_t r : part.rows) {
    sums.push_back(static_cast<double>(equations.sum(r)));
  }
  const std::vector<double> objective(part.unknowns.size(), 0.0);
  ClpSimplex& simplex = model_->simplex;
  simplex.setLogLevel(0);
  simplex.loadProblem(static_cast<int>(part.unknowns.size()), static_cast<int>(part.rows.size()),
                      starts.data(), rows.data(), coefficients.data(), low.data(), high.data(),
                      objective.data(), sums.data(), sums.data());
}

LinearProgram::LinearProgram(LinearProgram&&) noexcept = default;
LinearProgram::~LinearProgram() = default;

int LinearProgram::column(std::uint32_t unknown) const {
  const auto at = std::ranges::lower_bound(model_->unknowns, unknown);
  PARCOURS_CHECK(at != model_->unknowns.end() && *at == unknown);
  return static_cast<int>(at - model_->unknowns.begin());
}

LinearProgram::Outcome LinearProgram::minimise(std::uint32_t unknown, int direction) {
  model_->simplex.setObjectiveCoefficient(column(unknown), static_cast<double>(direction));
  const Outcome outcome = solve();
  model_->simplex.setObjectiveCoefficient(column(unknown), 0.0);
  return outcome;
}

LinearProgram::Outcome LinearProgram::carry(std::span<const End> ends, int direction) {
  ClpSimplex& simplex = model_->simplex;
  std::vector<std::pair<double, double>> bounds;
  for (const auto& [unknown, end] : ends) {
    const int at = column(unknown);
    const auto [low, high] =
        bounds.emplace_back(simplex.getColLower()[at], simplex.getColUpper()[at]);
    simplex.setObjectiveCoefficient(at, -direction);
    simplex.setColumnBounds(at, direction < 0 ? std::max(low, end) : low,
                            direction < 0 ? high : std::min(high, end));
  }
  const Outcome outcome = solve();
  for (std::size_t i = 0; i < ends.size(); ++i) {
    const int at = column(ends[i].unknown);
    simplex.setObjectiveCoefficient(at, 0.0);
    simplex.setColumnBounds(at, bounds[i].first, bounds[i].second);
  }
  return outcome;
}

LinearProgram::Outcome LinearProgram::solve() {
  ClpSimplex& simplex = model_->simplex;
  try {
    if (model_->begun) {
      simplex.primal(1);
    } else {
      // Of a system of 70,000 rows and 40,000 unknowns: 19 s. Without perturbation it takes 52 s,
      // the primal simplex many times as long.
      constexpr int perturb_if_slow = 50;
      simplex.setPerturbation(perturb_if_slow);
      ClpSolve how;
      how.setPresolveType(ClpSolve::presolveOn);
      how.setSolveType(ClpSolve::useDual);
      simplex.initialSolve(how);
      model_->begun = true;
    }
  } catch (const CoinError&) {
    return Outcome::failed;
  }
  const double* multipliers = simplex.getRowPrice();
  model_->multipliers.assign(multipliers, multipliers + simplex.numberRows());
  return simplex.status() == 0   ? Outcome::solved
         : simplex.status() == 1 ? Outcome::none
                                 : Outcome::failed;
}

std::span<const double> LinearProgram::values() const {
  return {model_->simplex.getColSolution(),
          static_cast<std::size_t>(model_->simplex.numberColumns())};
}

std::span<const double> LinearProgram::multipliers() const {
  return model_->multipliers;
}

}  // namespace parcours::sums
