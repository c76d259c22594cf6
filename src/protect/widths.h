// Proves how wide the interval of each unsafe sum is, by moves.
//
// Suppose that one move (sums/move.h) of hidden sums raises an unsafe sum from 3 to 11, and another
// lowers it to 1. Together they prove that an outsider's interval for it is at least 10 wide. The
// code remembers which sums a proof uses; it looks for a new proof only if one of them is to be
// published. Where a search finds no move, a linear program does (sums/cheapest_move.h); its move
// often serves many sums, and each takes it. If there is none either, a small enough part of the
// system is solved exactly (sums/intervals.h), and last come moves over the reals
// (sums/real_move.h). Of a group that no table shows these are asked first.
//
// G1: for an unsafe sum that is `wide` there are two complete tables that agree in everything
//     published and in which the sum differs by the width. They are of whole numbers, or, where the
//     search found none, of fractions, as linear programs see them. Two exceptions: where the
//     search gives up, 2,000 sums or more that relations link with the sum are hidden and stay so;
//     and what was published before may bound it (Sums::told_before): then it stays as wide as it
//     is with everything hidden that may be.
// G2: no sum is narrower than what was published before leaves it by itself (Sums::left_before).
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <vector>

#include "base/error.h"
#include "protect/sums.h"
#include "protect/witness.h"
#include "sums/intervals.h"
#include "sums/move.h"
#include "sums/real_move.h"

namespace parcours::protect {

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

  // Of each unsafe sum that moves prove wide.
  std::vector<SumWitness> witnesses() const;

 private:
  using Move = std::vector<ChangeOf<std::uint32_t>>;  // of sums, from the counts
  struct Proof {
    std::vector<std::uint32_t> sums;  // that it rests on, ascending
    std::vector<Move> moves;          // none where the part was settled, or no move was found
  };

  struct Part {
    std::vector<std::uint32_t> sums;
    std::vector<std::uint32_t> relations;
  };

  std::optional<Part> part_of(std::uint32_t sum, std::size_t most) const;
  sums::Interval interval_in(const Part& part, std::uint32_t sum) const;
  std::optional<Proof> prove(std::uint32_t sum);
  std::optional<Proof> settle(std::uint32_t sum);
  std::optional<Proof> prove_over_reals(std::uint32_t sum, std::size_t near);
  std::optional<Proof> by_freeing_over_reals(std::uint32_t sum);
  std::optional<Proof> proof_over_reals(std::uint32_t sum, const sums::RealMoves::Apart& apart);
  void add_move(Move move, Proof& proof) const;
  Move move_of(const sums::RealMoves::Reach& reach) const;
  Move move_of(const sums::Moves::Reach& reach) const;
  std::int64_t widest(std::uint32_t sum);
  std::int64_t widest_of_all(std::uint32_t sum) const;
  bool ask_what_may_be(std::uint32_t sum);
  std::optional<Proof> as_wide_as_may_be(std::uint32_t sum);
  std::optional<Proof> by_hiding_all_around(std::uint32_t sum);
  Status widen(std::uint32_t sum);
  void free_all(const std::vector<sums::Shift>& move);
  sums::Moves::Reach by_program(std::uint32_t sum, int direction, std::int64_t by);
  void carry_on(std::uint32_t sum, int direction, std::int64_t want, sums::Moves::Reach& reach);
  // How far a move that a program found carries a sum, be it found for another one.
  struct Carried {
    std::size_t move = 0;  // its number in carriers_
    std::int64_t by = 0;   // 0: no move does
  };
  void remember(const std::vector<sums::Shift>& move);
  // The same of moves over the reals.
  struct RealCarried {
    std::size_t move = 0;  // its number in real_carriers_
    double by = 0;         // up or down
  };
  RealCarried furthest_real(std::uint32_t unknown, int direction) const;
  void remember_real(const sums::RealMoves::Reach& reach);
  std::optional<Proof> by_real_carriers(std::uint32_t sum);
  void use_carriers(std::uint32_t sum, int direction, std::int64_t want,
                    sums::Moves::Reach& reach) const;
  std::optional<Proof> proof_of(std::int64_t width, const sums::Moves::Reach& down,
                                const sums::Moves::Reach& up) const;
  void keep(std::uint32_t sum, Proof proof);
  void show(std::uint32_t sum, bool shown);

  const Sums& sums_;
  Hidden hidden_;
  std::vector<std::vector<std::uint32_t>> by_sum_;
  const sums::Equations equations_;         // in all sums that are not fixed
  const std::vector<std::int64_t> counts_;  // by unknown
  sums::Moves moves_;
  std::vector<std::vector<sums::Shift>> carriers_;  // from the counts, of sums that are hidden
  std::vector<Carried> carried_up_;                 // by unknown, the furthest
  std::vector<Carried> carried_down_;
  std::vector<Move> real_carriers_;
  std::vector<std::vector<RealCarried>> real_carried_;  // by unknown
  std::vector<Proof> proofs_;                           // by sum; empty of those that are safe
  std::vector<bool> stays_;                             // by sum: hidden whatever is published
  std::vector<bool> over_reals_;                     // by sum: its proof is a move over the reals
  std::vector<std::int64_t> width_;                  // by sum: what is asked of it
  std::vector<std::vector<std::uint32_t>> rest_on_;  // by sum: whose proofs moved it once
  std::uint64_t programmed_ = 0;                     // how much work linear programs took
  std::uint64_t settled_ = 0;                        // how many times something was settled exactly
  sums::RealMoves real_;                             // of what is hidden
  std::optional<sums::RealMoves> all_;               // of all that may be hidden
};

}  // namespace parcours::protect
