// Counts twos within any tolerance up to most_days_counted (paths/counting.h).
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "paths/chunks.h"
#include "paths/later_pairs.h"
#include "paths/matching.h"

namespace parcours::paths {

// One a thread. What it is given must outlive it; it adds each patient's twos to `found`.
class ReachTwos {
 public:
  ReachTwos(const Neighbourhood& near, const LaterPairs& later,
            const std::vector<std::uint8_t>& lone, std::vector<std::uint32_t>& found);
  void count(const Chunk& chunk);

 private:
  std::uint32_t alone_of(const LaterPairs::Stretch& stretch, std::uint32_t pair) const;
  std::uint64_t sum(const Neighbourhood::Reach& reach) const;

  const Neighbourhood& near_;
  const LaterPairs& later_;
  const Paths& paths_;
  const std::vector<std::uint8_t>& lone_;
  std::vector<std::uint32_t>& found_;
  // A pair: how often it stands in the records taken in, and how many pairs before and after it are
  // in its reach. Together, as each look-up is a trip to memory.
  struct Cell {
    std::uint32_t count = 0;
    std::uint16_t before = 0;
    std::uint16_t after = 0;
  };
  std::vector<Cell> cells_;
};

}  // namespace parcours::paths
