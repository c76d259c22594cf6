// Counts twos where a pair reaches itself alone.
//
// For each pair we go through the patients who have it, twice. First we mark their later pairs: met
// once, or more often. Each two is met once a patient, so whoever has a later pair that was met
// once is alone with the two; the second time we count these.
#pragma once

#include <cstdint>
#include <vector>

#include "paths/chunks.h"
#include "paths/later_pairs.h"

namespace parcours::paths {

// One a thread. `later` and `found` must outlive it; it adds each patient's twos to `found`.
class SameDayTwos {
 public:
  SameDayTwos(const LaterPairs& later, std::vector<std::uint32_t>& found);
  void count(const Chunk& chunk);

 private:
  template <class MarkOf>
  void count_pair(std::uint32_t pair, const MarkOf& mark_of);
  std::uint16_t next_mark();

  const LaterPairs& later_;
  const Paths& paths_;
  std::vector<std::uint32_t>& found_;
  // By pair; of paths with an order two, of those who had it before and after. A mark is an even
  // number for once and the odd one after it for more often, and its own for each pair that is
  // counted, so nothing has to be wiped out in between.
  std::vector<std::uint16_t> marks_;
  std::uint16_t last_mark_ = 0;
};

}  // namespace parcours::paths
