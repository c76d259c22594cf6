// Proves how wide the interval of each unsafe sum is, by moves.
//
// Suppose that one move (sums/move.h) of hidden sums raises an unsafe sum from 3 to 11, and another
// lowers it to 1. Together they prove that an outsider's interval for it is at least 10 wide. The
// code remembers which sums a proof uses; it looks for a new proof only if one of them is to be
// published. If it finds no move, it solves a small enough part of the system exactly
// (sums/intervals.h).
//
// G1: for an unsafe sum that is `wide` there are two complete tables that agree in everything
//     published and in which the sum differs by the width. The exception: where the search gives
//     up, 2,000 sums or more that relations link with the sum are hidden and stay so.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <vector>

#include "base/error.h"
#include "protect/sums.h"
#include "sums/move.h"

namespace parcours {

class Widths {
 public:
  Widths(const Sums& sums, const Hidden& hidden);

  // Hides more, until every unsafe sum is wide: for each that is not, the cheapest move that makes
  // it so. Errors: one that nothing makes wide.
  Status widen();
  const Hidden& hidden() const { return hidden_; }

  // Publishes the sum if every unsafe sum stays wide without it.
  bool publish(std::uint32_t sum);

  // Publishes a sum that is determined anyway: no move uses it, so every proof stands.
  void show_known(std::uint32_t sum) { show(sum, true); }

 private:
  // The sums that a proof moves, ascending.
  using Proof = std::vector<std::uint32_t>;

  std::optional<Proof> prove(std::uint32_t sum);
  std::optional<Proof> settle(std::uint32_t sum);
  std::optional<Proof> by_hiding_all_around(std::uint32_t sum);
  Status widen(std::uint32_t sum);
  void free_all(const std::vector<Shift>& move);
  Moves::Reach by_program(std::uint32_t sum, const Moves::Reach& down);
  void carry_on(std::uint32_t sum, int direction, std::int64_t want, Moves::Reach& reach);
  std::optional<Proof> proof_of(const Moves::Reach& down, const Moves::Reach& up) const;
  void keep(std::uint32_t sum, Proof proof);
  void show(std::uint32_t sum, bool shown);

  const Sums& sums_;
  Hidden hidden_;
  std::vector<std::vector<std::uint32_t>> by_sum_;
  const Equations equations_;               // in all sums that are not fixed
  const std::vector<std::int64_t> counts_;  // by unknown
  Moves moves_;
  std::vector<Proof> proofs_;                        // by sum; empty of those that are safe
  std::vector<bool> stays_;                          // by sum: hidden whatever is published
  std::vector<std::vector<std::uint32_t>> rest_on_;  // by sum: whose proofs moved it once
  std::size_t programmed_ = 0;                       // sums that linear programs looked at
  std::uint64_t settled_ = 0;                        // how many times something was settled exactly
};

}  // namespace parcours
