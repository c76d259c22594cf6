// One linear program of moves over the reals (real_move.h): how far it carries an unknown, and by
// which shortest move.
//
// It has two columns an unknown: how far up, and how far down. Where nothing moves no price can
// fall, so the dual simplex begins there.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "sums/equations.h"

namespace parcours::sums {

struct RealProgram {
  struct Unknown {
    std::uint32_t unknown;
    double down;  // how far it may go, 0 or more; infinity: as far as it likes
    double up;
    double price;  // of a step
  };
  std::vector<Unknown> unknowns;
  std::uint32_t asked;  // one of them
  int direction;        // up (+1) or down (-1)
  double want;          // how far at most
};

struct RealSolution {
  struct Moved {
    std::uint32_t unknown;
    double by;  // up or down
  };
  struct RowWorth {
    std::uint32_t row;
    double worth;  // of one more in the row
  };
  bool solved = false;       // otherwise only `work` says something
  double by = 0;             // how far, 0 or more in the direction asked for
  std::vector<Moved> moved;  // the whole move
  std::vector<RowWorth> worths;
  std::uint64_t work = 0;  // steps, each as many times as there are rows
};

// Looks at the rows in `kept` (row_basis.h) alone.
RealSolution solve(const Equations& equations, const std::vector<bool>& kept,
                   const RealProgram& program);

}  // namespace parcours::sums
