// The entries of the index within the reach of a pair, as it moves on through the days of a code.
#pragma once

#include <cstdint>

#include "paths/chunks.h"
#include "paths/later_pairs.h"
#include "paths/matching.h"

namespace parcours::paths {

// For each pair of the chunk: calls change(i, +1) for the pair at each place i of record_pairs that
// comes into reach, change(i, -1) for each that goes, then ask(pair). With an entry comes the rest
// of its patient's record, from the code's first pair on. In the end all have gone.
template <class Change, class Ask>
void move_reach(const Neighbourhood& near, const LaterPairs& later, const Chunk& chunk,
                const Change& change, const Ask& ask) {
  constexpr std::uint32_t kept_in_cache = 4000;  // entries with their stretches
  const Paths& paths = near.paths();
  const std::uint32_t* const pairs = paths.record_pairs.data();
  const auto take = [&](std::uint32_t entry, int by) {
    const LaterPairs::Stretch stretch = later.of(entry);
    for (std::uint32_t i = stretch.own; i < stretch.end; ++i) {
      change(i, by);
    }
    const std::uint32_t begin = paths.record_starts[stretch.patient];
    for (std::uint32_t i = stretch.own; i > begin && pairs[i - 1] >= chunk.code_first; --i) {
      change(i - 1, by);
    }
  };
  std::uint32_t left = paths.index_starts[near.reach(chunk.first).first];
  std::uint32_t entered = left;
  const auto leave_until = [&](std::uint32_t end) {
    const bool far = entered - left > kept_in_cache;
    for (; left < end; ++left) {
      if (far) {
        later.fetch_ahead(left);
      }
      take(left, -1);
    }
  };
  for (std::uint32_t pair = chunk.first; pair < chunk.end; ++pair) {
    const Neighbourhood::Reach reach = near.reach(pair);
    for (const std::uint32_t end = paths.index_starts[reach.last + std::size_t{1}]; entered < end;
         ++entered) {
      later.fetch_ahead(entered);
      take(entered, 1);
    }
    leave_until(paths.index_starts[reach.first]);
    ask(pair);
  }
  leave_until(entered);
}

}  // namespace parcours::paths
