// Moves: whole numbers on unknown cells that leave every published sum as it is.
//
// Added to one whole solution, a move gives another; so a cell that a move carries from 3 to 14
// cannot be known any more narrowly than that. To check it, add the numbers. In a two-way
// table a move is a closed walk along rows and columns, plus one and minus one in turn; in three
// dimensions the eight corners of a box; in general it is found by search: a row that does not
// balance takes one more cell, the row with the fewest choices first, the cell that balances most
// rows first.
//
//        a   b          from      3  9      to      9  3     every sum of a row and a column
//    x  +6  -6                    8  7              2 13     stays as it was
//    y  -6  +6
//
// The search is bounded by a number of steps; what it does not find may still exist.
//
// G1: what is returned balances in every row, and carries every cell to a number within its range.
// G2: `reach` uses cells that are free alone; `cheapest` names the ones that are not.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "sums/equations.h"

namespace parcours::sums {

struct Shift {
  std::uint32_t unknown;
  std::int64_t by;
  friend bool operator==(const Shift&, const Shift&) = default;
};

// One move of several: by unknown, each once, without those that come back to where they were.
std::vector<Shift> sum_of(std::vector<Shift> shifts);

class Moves {
 public:
  // `solution` is by unknown, whole and within the ranges. All unknowns are free to move.
  Moves(const Equations& equations, std::vector<std::int64_t> solution);

  // Moves of these unknowns begin at these values of theirs (`values` is by unknown).
  void set_solution(std::span<const std::uint32_t> unknowns, std::span<const std::int64_t> values);

  // Free cells move for nothing; what it costs to free another one is its price.
  void set_free(std::uint32_t unknown, bool free);
  bool free(std::uint32_t unknown) const { return free_at_[unknown] != not_free; }
  void set_prices(std::vector<std::uint64_t> prices);

  // How hard a search for one move of free cells tries: steps from one start, and starts. What
  // begins badly begins anew, with choices left out by lot.
  struct Effort {
    std::uint32_t steps = 400;
    int starts = 1;
  };
  void set_effort(Effort effort) { effort_ = effort; }

  // From now on moves start here: at the solution given, shifted by these.
  void start_from(std::span<const Shift> shifts);

  struct Reach {
    std::int64_t by = 0;        // how far the cell moved, 0 or more in the direction asked for
    std::vector<Shift> shifts;  // the whole move, by unknown
  };
  // Carries the cell up (+1) or down (-1) as far as moves of free cells are found, `want` at most.
  Reach reach(std::uint32_t unknown, int direction, std::int64_t want);

  // The cheapest move found that carries the cell `want` at once, freeing what it has to.
  std::optional<std::vector<Shift>> cheapest(std::uint32_t unknown, int direction,
                                             std::int64_t want);

 private:
  static constexpr std::uint32_t not_free = no_unknown;
  class Search;

  // How far an unknown can go from where moves start.
  struct Room {
    std::int64_t down;
    std::int64_t up;  // or no_limit
  };

  bool room(std::uint32_t unknown, std::int64_t by) const {
    return by < 0 ? -by <= room_[unknown].down : by <= room_[unknown].up;
  }
  void set_room(std::uint32_t unknown);
  void shift(std::uint32_t unknown, std::int64_t by);

  const Equations& equations_;
  Effort effort_;
  std::vector<std::int64_t> solution_;
  std::vector<std::int64_t> moved_;         // by unknown: how far from the solution moves start
  std::vector<std::uint32_t> started_;      // the unknowns that start elsewhere
  std::vector<Room> room_;                  // by unknown
  std::vector<std::uint64_t> prices_;       // by unknown
  std::vector<std::uint64_t> cheapest_in_;  // by row: the lowest price in it
  // By row, its free terms; and where an unknown's first term stands in them.
  std::vector<std::vector<Equations::Term>> free_in_;
  std::vector<std::uint32_t> free_at_;
  // What a search works on, kept between searches and empty outside them.
  std::vector<std::int64_t> imbalance_;  // by row
  std::vector<std::int32_t> taken_;      // by unknown: how many times it moves
};

}  // namespace parcours::sums
