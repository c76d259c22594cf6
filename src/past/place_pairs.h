// How many people have which place in a table of one roll and in a table of another, and which
// practices hold them. Most of what two tables tell together follows from that, without looking at
// anybody again.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <unordered_map>
#include <vector>

#include "base/error.h"
#include "crowds/counters.h"
#include "past/everybody.h"
#include "past/past_roll.h"
#include "study/plan.h"

namespace parcours::past {

// Where everybody stands in one table, in the order of the line (everybody.h).
struct Standing {
  std::uint32_t places = 0;
  // The place; or, for who is in the roll and not in the table, the number of places; or one more
  // than that, for who is not in the roll.
  std::vector<std::uint32_t> of;
};

// Of a table of the roll, with so many places.
Standing standing_in(const PastRoll& roll, std::size_t table, std::uint32_t places,
                     const Everybody& everybody);

struct PlacePair {
  std::uint32_t past =
      study::no_cell;  // the place in the one table; no_cell: it does not count them
  std::uint32_t now = study::no_cell;  // in the other
  bool in_past = false;                // in the roll, be they counted in the table or not
  bool in_now = false;
  friend bool operator==(const PlacePair&, const PlacePair&) = default;
};

struct PlacePairs {
  std::vector<PlacePair> pairs;  // those that somebody has
  crowds::Counters people;       // who has them, by pair

  std::size_t size() const { return pairs.size(); }
};

// Whom another practice holds than Everybody says.
struct HeldElsewhere {
  std::uint32_t turn;
  records::PracticeId practice;
};

// Errors: no memory.
Result<PlacePairs> place_pairs(const Standing& past, const Standing& now,
                               const Everybody& everybody, std::span<const HeldElsewhere> elsewhere,
                               std::uint32_t practices_exact);

// Numbers the pairs of places, as Standing says them, in the order in which they are met.
class PlacePairNumbers {
 public:
  PlacePairNumbers(std::uint32_t past_places, std::uint32_t now_places);

  std::uint32_t number(std::uint32_t past, std::uint32_t now);
  // In the order of the line; no_cell for who is in neither roll.
  std::vector<std::uint32_t> number(const Standing& past, const Standing& now);
  const std::vector<PlacePair>& pairs() const { return pairs_; }

 private:
  void meet(std::uint32_t past, std::uint32_t now);

  const std::uint32_t past_places_;
  const std::uint32_t now_places_;
  std::vector<PlacePair> pairs_;
  // By key: one more than the number, 0 where the pair was not met yet.
  std::vector<std::uint32_t> by_key_;                        // where the keys are not too many
  std::unordered_map<std::uint64_t, std::uint32_t> of_key_;  // else
};

}  // namespace parcours::past
