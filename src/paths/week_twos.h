// Counts twos within a tolerance of some days, where everything that counts fits into little space.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "paths/chunks.h"
#include "paths/later_pairs.h"
#include "paths/matching.h"
#include "paths/nearby.h"
#include "paths/passing_stretches.h"
#include "paths/reach_window.h"
#include "paths/week_counts.h"

namespace parcours::paths {

// One a thread. What it is given must outlive it; it adds each patient's twos to `found`. `Count`
// holds how often a pair stands in the records within reach: no more than most_entries are within
// reach of any pair of a chunk.
template <class Count>
class WeekTwos {
 public:
  static constexpr std::uint32_t most_entries = WeekCounts<Count>::most_entries;

  WeekTwos(const Neighbourhood& near, std::vector<std::uint32_t>& found)
      : near_(near), paths_(near.paths()), found_(found), counts_(paths_.pairs()) {}

  // With a copy of the records within reach: where these are few. `passing` is empty before and
  // after.
  void count(PassingStretches& passing, const Chunk& chunk) {
    std::uint32_t left = paths_.index_starts[near_.reach(chunk.first).first];
    std::uint32_t entered = left;
    const auto leave_until = [&](std::uint32_t end) {
      passing.go(end - left, counts_.data());
      left = end;
    };
    for (std::uint32_t pair = chunk.first; pair < chunk.end; ++pair) {
      const Neighbourhood::Reach reach = near_.reach(pair);
      for (const std::uint32_t end = paths_.index_starts[reach.last + std::size_t{1}];
           entered < end; ++entered) {
        passing.come(entered, chunk.code_first, counts_.data());
      }
      leave_until(paths_.index_starts[reach.first]);
      const std::uint32_t first = paths_.index_starts[pair];
      ask(passing, first - left, paths_.index_starts[pair + std::size_t{1}] - first);
    }
    leave_until(entered);
  }

  // Without a copy: however many they are.
  void count(const LaterPairs& later, const std::vector<Nearby>& nearby, const Chunk& chunk) {
    const std::uint32_t* pairs = paths_.record_pairs.data();
    Count* counts = counts_.data();
    move_reach(
        near_, later, chunk,
        [=](std::uint32_t i, int by) {
          counts[pairs[i]] = static_cast<Count>(counts[pairs[i]] + static_cast<Count>(by));
        },
        [&](std::uint32_t pair) { ask(later, nearby, pair); });
  }

 private:
  static constexpr std::size_t soon = 8;

  // How many of the twos of their pair and a later one nobody else fits, for `size` of the copied
  // stretches.
  void ask(const PassingStretches& passing, std::size_t first, std::size_t size) {
    const std::span<const PassingStretches::Stretch> all = passing.stretches();
    std::uint32_t* const found = found_.data();
    for (std::size_t at = first; at < first + size; ++at) {
      if (at + soon < all.size()) {
        __builtin_prefetch(found + all.data()[at + soon].patient, 1);
      }
      const PassingStretches::Stretch stretch = all.data()[at];
      found[stretch.patient] += alone(passing.pairs(), passing.around(), stretch.own, stretch.end);
    }
  }

  void ask(const LaterPairs& later, const std::vector<Nearby>& nearby, std::uint32_t pair) {
    const std::uint32_t end = paths_.index_starts[pair + std::size_t{1}];
    std::uint32_t* const found = found_.data();
    for (std::uint32_t entry = paths_.index_starts[pair]; entry < end; ++entry) {
      later.fetch_ahead(
          entry, [&](const LaterPairs::Stretch& stretch) __attribute__((always_inline)) {
            LaterPairs::fetch_lines(paths_.record_pairs, stretch);
            LaterPairs::fetch_lines(nearby, stretch);
            __builtin_prefetch(found + stretch.patient, 1);
          });
      const LaterPairs::Stretch stretch = later.of(entry);
      found[stretch.patient] +=
          alone(paths_.record_pairs.data(), nearby.data(), stretch.own, stretch.end);
    }
  }

  // Of the pair at `own` with each one after it.
  [[gnu::always_inline]] std::uint32_t alone(const std::uint32_t* pairs, const Nearby* around,
                                             std::uint32_t own, std::uint32_t end) const {
    const std::uint32_t times = around[own].own;
    std::uint32_t alone = 0;
    for (std::uint32_t i = own + 1; i < end; ++i) {
      alone += counts_.sum(pairs[i], around[i].reach) == times * around[i].own ? 1 : 0;
    }
    return alone;
  }

  const Neighbourhood& near_;
  const Paths& paths_;
  std::vector<std::uint32_t>& found_;
  WeekCounts<Count> counts_;
};

}  // namespace parcours::paths
