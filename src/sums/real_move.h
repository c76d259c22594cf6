// Moves over the reals: how far a cell can be carried if cells need not stay whole.
//
// An outsider who bounds a cell by linear programs cannot exclude what such a move reaches. Where a
// search for a whole move (move.h) ends without one, this says whether the bounds are wide all the
// same.
//
// One program serves all cells: A y = 0, each free unknown within its range, the others where they
// are. Staying where one is always fits, so each question begins there.
//
// What it says comes from floating point. Who needs a proof computes bounds (intervals.h).
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "sums/equations.h"

namespace parcours::sums {

class RealMoves {
 public:
  // `solution` is by unknown, whole and within the ranges. No unknown is free to move.
  RealMoves(const Equations& equations, std::span<const std::int64_t> solution);
  RealMoves(RealMoves&&) noexcept;
  ~RealMoves();

  void set_free(std::uint32_t unknown, bool free);

  struct Moved {
    std::uint32_t unknown;
    double by;  // up or down
  };
  struct Reach {
    double by = 0;             // how far, 0 or more in the direction asked for
    std::vector<Moved> moved;  // the whole move
  };
  // Carries the unknown up (+1) or down (-1), `want` at most. Nothing when the program fails.
  std::optional<Reach> reach(std::uint32_t unknown, int direction, std::int64_t want);

  // Steps of all programs so far, each as many times as it has rows.
  std::uint64_t work() const;

 private:
  struct Program;
  std::unique_ptr<Program> program_;
};

// How far apart the whole numbers are that lie between the ends of two moves of a whole number, so
// far down and so far up.
std::int64_t whole_numbers_between(double down, double up);

}  // namespace parcours::sums
