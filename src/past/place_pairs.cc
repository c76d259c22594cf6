#include "past/place_pairs.h"

#include <utility>

#include "base/check.h"

namespace parcours::past {
namespace {

constexpr std::uint64_t most_keys_in_a_row = std::uint64_t{1} << 22;

// The people of one practice, by pair.
class OfPractice {
 public:
  explicit OfPractice(std::size_t pairs) : pairs_(pairs) {}

  void add(std::uint32_t pair, Uint128 hash) {
    Had& had = pairs_.data()[pair];
    if (had.patients++ == 0) {
      met_.push_back(pair);
    }
    had.hashes += hash;
  }

  // Puts them where those of all practices are counted, and has none any more.
  void take(records::PracticeId practice, crowds::Counters& people) {
    for (const std::uint32_t pair : met_) {
      const Had had = std::exchange(pairs_[pair], {});
      people.add(pair, had.hashes, practice + 1, had.patients);
    }
    met_.clear();
  }

 private:
  struct Had {
    Uint128 hashes = 0;
    std::uint32_t patients = 0;
  };
  std::vector<Had> pairs_;
  std::vector<std::uint32_t> met_;  // the pairs that they have
};

}  // namespace

Standing standing_in(const PastRoll& roll, std::size_t table, std::uint32_t places,
                     const Everybody& everybody) {
  Standing made{places, std::vector<std::uint32_t>(everybody.count(), places + 1)};
  const std::vector<std::uint32_t>& of = roll.tables[table].places;
  for (std::size_t i = 0; i < of.size(); ++i) {
    made.of[everybody.turn(roll.people[i])] = of[i] == study::no_cell ? places : of[i];
  }
  return made;
}

PlacePairNumbers::PlacePairNumbers(std::uint32_t past_places, std::uint32_t now_places)
    : past_places_(past_places), now_places_(now_places) {
  if (std::uint64_t{past_places} + 2 <= most_keys_in_a_row / (std::uint64_t{now_places} + 2)) {
    by_key_.assign((std::size_t{past_places} + 2) * (std::size_t{now_places} + 2), 0);
  }
}

void PlacePairNumbers::meet(std::uint32_t past, std::uint32_t now) {
  pairs_.push_back({.past = past < past_places_ ? past : study::no_cell,
                    .now = now < now_places_ ? now : study::no_cell,
                    .in_past = past <= past_places_,
                    .in_now = now <= now_places_});
}

std::uint32_t PlacePairNumbers::number(std::uint32_t past, std::uint32_t now) {
  const std::uint64_t key = past * (std::uint64_t{now_places_} + 2) + now;
  std::uint32_t& number =
      by_key_.empty() ? of_key_.try_emplace(key, 0).first->second : by_key_.data()[key];
  if (number == 0) {
    meet(past, now);
    number = static_cast<std::uint32_t>(pairs_.size());
  }
  return number - 1;
}

// This loop and the one of place_pairs() take most of the time of many releases: they read plain
// memory.
std::vector<std::uint32_t> PlacePairNumbers::number(const Standing& past, const Standing& now) {
  PARCOURS_CHECK(past.of.size() == now.of.size() && past.places == past_places_ &&
                 now.places == now_places_);
  std::vector<std::uint32_t> pair_of(past.of.size());
  const std::uint32_t* in_past = past.of.data();
  const std::uint32_t* in_now = now.of.data();
  for (std::uint32_t& pair : pair_of) {
    const std::uint32_t one = *in_past++;
    const std::uint32_t other = *in_now++;
    const bool nowhere = one > past_places_ && other > now_places_;
    pair = nowhere ? study::no_cell : number(one, other);
  }
  return pair_of;
}

Result<PlacePairs> place_pairs(const Standing& past, const Standing& now,
                               const Everybody& everybody, std::span<const HeldElsewhere> elsewhere,
                               std::uint32_t practices_exact) {
  PARCOURS_CHECK(past.of.size() == everybody.count() && now.of.size() == everybody.count());
  PlacePairNumbers numbers(past.places, now.places);
  std::vector<std::uint32_t> pair_of = numbers.number(past, now);
  ASSIGN_OR_RETURN(crowds::Counters people,
                   crowds::Counters::make(numbers.pairs().size(), practices_exact));
  for (const auto& [turn, practice] : elsewhere) {
    people.add(pair_of[turn], everybody.hashes()[turn], practice + 1, 1);
    pair_of[turn] = study::no_cell;
  }
  OfPractice of_practice(numbers.pairs().size());
  const records::PracticeId* practices = everybody.practices().data();
  const Uint128* hashes = everybody.hashes().data();
  const std::uint32_t* pairs = pair_of.data();
  for (std::size_t turn = 0; turn < pair_of.size();) {
    const records::PracticeId practice = practices[turn];
    for (; turn < pair_of.size() && practices[turn] == practice; ++turn) {
      if (pairs[turn] != study::no_cell) {
        of_practice.add(pairs[turn], hashes[turn]);
      }
    }
    of_practice.take(practice, people);
  }
  return PlacePairs{numbers.pairs(), std::move(people)};
}

}  // namespace parcours::past
