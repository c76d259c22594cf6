#include "past/place_pairs.h"

namespace parcours::past {
namespace {

constexpr std::uint64_t most_keys_in_a_row = std::uint64_t{1} << 22;

// Beside the places there is: in the roll and not in the table; not in the roll.
std::uint64_t key_of(std::uint32_t place, bool in_roll, std::uint64_t places) {
  return place != study::no_cell ? place : in_roll ? places : places + 1;
}

}  // namespace

PlacePairNumbers::PlacePairNumbers(std::uint64_t past_places, std::uint64_t now_places)
    : past_places_(past_places), now_places_(now_places) {
  if (past_places + 2 <= most_keys_in_a_row / (now_places + 2)) {
    by_key_.assign((past_places + 2) * (now_places + 2), 0);
  }
}

std::uint32_t PlacePairNumbers::number(const PlacePair& pair) {
  const std::uint64_t key = key_of(pair.past, pair.in_past, past_places_) * (now_places_ + 2) +
                            key_of(pair.now, pair.in_now, now_places_);
  std::uint32_t& number = number_at(key);
  if (number == 0) {
    pairs_.push_back(pair);
    number = static_cast<std::uint32_t>(pairs_.size());
  }
  return number - 1;
}

}  // namespace parcours::past
