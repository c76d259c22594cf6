// The patients of two rolls by where they stand in a table of each: how many have the one place in
// the one table and the other in the other, and which practices hold them. Most of what two tables
// tell together follows from that, without looking at anybody again.
#pragma once

#include <cstddef>
#include <cstdint>
#include <unordered_map>
#include <vector>

#include "crowds/counters.h"
#include "study/plan.h"

namespace parcours::past {

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

// Numbers the pairs of places in the order in which they are met.
class PlacePairNumbers {
 public:
  // The tables have so many places.
  PlacePairNumbers(std::uint64_t past_places, std::uint64_t now_places);

  std::uint32_t number(const PlacePair& pair);
  const std::vector<PlacePair>& pairs() const { return pairs_; }

 private:
  std::uint32_t& number_at(std::uint64_t key) {
    return by_key_.empty() ? of_key_.try_emplace(key, 0).first->second : by_key_[key];
  }

  const std::uint64_t past_places_;
  const std::uint64_t now_places_;
  std::vector<PlacePair> pairs_;
  // By key: one more than the number, 0 where the pair was not met yet.
  std::vector<std::uint32_t> by_key_;                        // where the keys are not too many
  std::unordered_map<std::uint64_t, std::uint32_t> of_key_;  // else
};

}  // namespace parcours::past
