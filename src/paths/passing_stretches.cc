#include "paths/passing_stretches.h"

#include <algorithm>

namespace parcours::paths {

// Drops what has gone; then at least half of the room is free, so this is seldom done.
void PassingStretches::make_room(std::uint32_t size) {
  const std::uint32_t begin = gone_ < stretches_.size() ? stretches_[gone_].begin : end_;
  std::copy(pairs_.begin() + begin, pairs_.begin() + end_, pairs_.begin());
  std::copy(around_.begin() + begin, around_.begin() + end_, around_.begin());
  stretches_.erase(stretches_.begin(), stretches_.begin() + static_cast<std::ptrdiff_t>(gone_));
  gone_ = 0;
  end_ -= begin;
  for (Stretch& stretch : stretches_) {
    stretch.begin -= begin;
    stretch.own -= begin;
    stretch.end -= begin;
  }
  const std::size_t wanted = 2 * (std::size_t{end_} + size);
  if (wanted > pairs_.size()) {
    pairs_.resize(wanted);
    around_.resize(wanted);
  }
}

}  // namespace parcours::paths
