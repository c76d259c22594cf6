// The linear program of one part of a system: how little can a cell be?
//
// CLP (COIN-OR) solves it in floating point, each time from where the last one ended. Nothing it
// says is believed as it stands: bound.h makes a proof of its multipliers, and its solution is
// checked by adding.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "sums/equations.h"

namespace parcours::sums {

class LinearProgram {
 public:
  // `ranges` is by unknown, narrowed as far as anybody can (bound.h).
  LinearProgram(const Equations& equations, const Equations::Part& part,
                std::span<const Range> ranges);
  LinearProgram(LinearProgram&&) noexcept;
  ~LinearProgram();

  enum class Outcome { solved, none, failed };  // `none`: it says that there is no solution
  // Minimises direction * unknown.
  Outcome minimise(std::uint32_t unknown, int direction);

  // Carries all of these unknowns up (+1) or down (-1) at once, as far as they go together and each
  // to its end at most.
  struct End {
    std::uint32_t unknown;
    double end;
  };
  Outcome carry(std::span<const End> ends, int direction);

  // Of the last program: values by place in part.unknowns, multipliers by place in part.rows.
  std::span<const double> values() const;
  std::span<const double> multipliers() const;

 private:
  int column(std::uint32_t unknown) const;
  Outcome solve();

  struct Model;
  std::unique_ptr<Model> model_;
};

}  // namespace parcours::sums
