// The cheapest move by linear programming, where a search (move.h) finds none.
//
// Of all real y with A y = 0 that carry one unknown as far as is wanted and leave every other one
// within its range, one of the least price times distance, summed. Solved over the unknowns near
// the one that moves: those that share a row with it, the largest and the free ones first, those
// that share a row with these, and so on.
//
// G1: a move that is returned is whole, balances in every row and stays within every range.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "sums/equations.h"
#include "sums/move.h"

namespace parcours::sums {

struct MoveWish {
  std::uint32_t unknown;
  int direction;  // 1 or -1
  std::int64_t by;
};

struct CheapestMove {
  enum class Outcome {
    found,
    broken,      // only a move in fractions was found: `shifts` has its unknowns, rounded up
    impossible,  // no unknown was left out, and none of it helps
    not_found,
  };
  Outcome outcome = Outcome::not_found;
  std::vector<Shift> shifts;
  std::uint64_t work = 0;  // steps of the program, each as many times as it has rows
};

// `solution` and `prices` are by unknown; a price of 0 is a free unknown. At most `near` unknowns
// are looked at.
CheapestMove cheapest_move(const Equations& equations, std::span<const std::int64_t> solution,
                           std::span<const std::uint64_t> prices, const MoveWish& wish,
                           std::size_t near);

}  // namespace parcours::sums
