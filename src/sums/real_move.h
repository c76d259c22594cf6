// Moves over the reals: how far a cell can be carried if cells need not stay whole.
//
// An outsider who bounds a cell by linear programs cannot exclude what such a move reaches. Where a
// search for a whole move (move.h) ends without one, this says whether the bounds are wide all the
// same.
//
// A move concerns few cells: those that share a row with the one that moves, those that share a row
// with these, and so on. So a program looks at the free unknowns near it and leaves all others
// where they are. If it does not carry the unknown far enough, a larger one is tried, up to 12,000
// unknowns: a cell may be wider than this finds, and never narrower. Among the moves that go far
// enough a program takes one of the least distance, summed: such a move concerns few cells, and
// what is proved by it rests on few.
//
// A move may also be asked for that frees more unknowns, at a price a step (set_prices). It takes
// few of these, and cheap ones.
//
// What it says comes from floating point. Who needs a proof computes bounds (intervals.h).
//
// G1: what moves is free or has a price, and stays within its range; what does not move is where it
//     was.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <vector>

#include "sums/equations.h"
#include "sums/real_program.h"

namespace parcours::sums {

class RealMoves {
 public:
  static constexpr std::size_t all_near = 12'000;

  // `solution` is by unknown, whole and within the ranges. No unknown is free to move. The
  // equations must outlive it.
  RealMoves(const Equations& equations, std::span<const std::int64_t> solution);

  void set_free(std::uint32_t unknown, bool free);

  using Moved = RealSolution::Moved;
  struct Reach {
    double by = 0;             // how far, 0 or more in the direction asked for
    std::vector<Moved> moved;  // the whole move
  };
  // Carries the unknown up (+1) or down (-1), `want` at most. Nothing when the last program fails.
  std::optional<Reach> reach(std::uint32_t unknown, int direction, std::int64_t want);

  struct Apart {
    Reach down;
    Reach up;
    std::int64_t width() const;  // the whole numbers between the two ends are so far apart
  };
  // Carries it up, and down where up alone is not `width` apart. Looks at `most_near` unknowns at
  // most: choose fewer than all where a miss costs little. Nothing as above.
  std::optional<Apart> apart(std::uint32_t unknown, std::int64_t width,
                             std::size_t most_near = all_near);

  // What a step of an unknown that is not free costs, by unknown; one of a free one costs 1. Below
  // `most_price`, so that the unknown in question moves all the same.
  static constexpr double most_price = 500;
  void set_prices(std::vector<double> prices);
  // The same as apart() of moves that may free more unknowns: those that they move. Needs prices.
  std::optional<Apart> apart_by_freeing(std::uint32_t unknown, std::int64_t width);

  // Steps of all programs so far, each as many times as it has rows.
  std::uint64_t work() const { return work_; }

 private:
  // What may move: free unknowns alone, or others too, at their prices.
  enum class Movable : std::uint8_t { free, all };
  // The movable unknowns near one, itself first.
  struct Near {
    std::vector<std::uint32_t> unknowns;
    bool all = true;  // no chain of rows leads to another one
  };
  // Asks of the movable unknowns near one, and of more, up to `most`, where the answer is not
  // enough.
  template <class Answer>
  std::optional<Answer> by_nearness(std::uint32_t unknown, Movable movable, std::size_t most,
                                    const std::function<std::optional<Answer>(const Near&)>& ask,
                                    const std::function<bool(const Answer&)>& enough);
  std::optional<Apart> apart(std::uint32_t unknown, std::int64_t width, Movable movable,
                             std::size_t most);
  std::optional<Reach> reach_in(const Near& near, std::uint32_t unknown, int direction,
                                std::int64_t want);
  std::vector<RealProgram::Unknown> asked(const Near& near) const;
  // `wanted` are near too, wherever they are.
  Near near(std::uint32_t unknown, Movable movable, std::size_t most,
            std::span<const std::uint32_t> wanted);
  void drop_stuck(std::vector<std::uint32_t>& unknowns);
  // Of those that are not near, the ones that would carry the last move furthest, by what a step in
  // the rows that held it back is worth.
  std::vector<std::uint32_t> wanted_beside(const Near& near, Movable movable);
  double price_of(std::uint32_t unknown) const { return free_[unknown] ? 1 : prices_[unknown]; }

  const Equations& equations_;
  const std::vector<std::int64_t> solution_;  // by unknown
  std::vector<bool> free_;                    // by unknown
  std::vector<double> prices_;                // by unknown, of a step of one that is not free
  std::uint64_t work_ = 0;
  // Of the last program that was held back.
  std::vector<RealSolution::RowWorth> holding_back_;
  std::vector<bool> in_basis_;  // by row (row_basis.h), once a program was asked for
  // What a question works on, kept between questions and empty outside them.
  std::vector<bool> met_;  // by unknown
  std::vector<std::uint32_t>
      row_of_;  // by row: whether it is met, how many met unknowns it has, or its place
};

// How far apart the whole numbers are that lie between the ends of two moves of a whole number, so
// far down and so far up.
std::int64_t whole_numbers_between(double down, double up);

}  // namespace parcours::sums
