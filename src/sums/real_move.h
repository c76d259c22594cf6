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

namespace parcours {

class RealMoves {
 public:
  // `solution` is by unknown, whole and within the ranges. No unknown is free to move.
  RealMoves(const Equations& equations, std::span<const std::int64_t> solution);
  RealMoves(RealMoves&&) noexcept;
  ~RealMoves();

  void set_free(std::uint32_t unknown, bool free);

  struct Reach {
    double by = 0;                     // how far, 0 or more in the direction asked for
    std::vector<std::uint32_t> moved;  // the unknowns of the move
  };
  // Carries the unknown up (+1) or down (-1), `want` at most. Nothing when the program fails.
  std::optional<Reach> reach(std::uint32_t unknown, int direction, std::int64_t want);

  // Steps of all programs so far, each as many times as it has rows.
  std::uint64_t work() const;

 private:
  struct Program;
  std::unique_ptr<Program> program_;
};

// How far apart the whole numbers are that lie between the ends of these two moves of a whole
// number.
std::int64_t whole_numbers_between(const RealMoves::Reach& down, const RealMoves::Reach& up);

}  // namespace parcours
