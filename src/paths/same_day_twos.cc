#include "paths/same_day_twos.h"

#include <algorithm>
#include <limits>

#include "base/huge_pages.h"

namespace parcours::paths {

SameDayTwos::SameDayTwos(const LaterPairs& later, std::vector<std::uint32_t>& found)
    : later_(later),
      paths_(later.paths()),
      found_(found),
      marks_(
          in_huge_pages<std::uint16_t>(paths_.pairs() * (paths_.record_places.empty() ? 1 : 2))) {}

std::uint16_t SameDayTwos::next_mark() {
  constexpr std::uint16_t greatest = std::numeric_limits<std::uint16_t>::max() - 1;
  if (last_mark_ == greatest) {
    std::ranges::fill(marks_, 0);
    last_mark_ = 0;
  }
  last_mark_ += 2;
  return last_mark_;
}

template <class MarkOf>
void SameDayTwos::count_pair(std::uint32_t pair, const MarkOf& mark_of) {
  constexpr std::uint32_t kept_in_cache = 1000;  // entries with their stretches
  const std::uint32_t first = paths_.index_starts[pair];
  const std::uint32_t end = paths_.index_starts[pair + std::size_t{1}];
  const auto fetch_ahead = [&](std::uint32_t entry) __attribute__((always_inline)) {
    later_.fetch_ahead(
        entry, [&](const LaterPairs::Stretch& stretch) __attribute__((always_inline)) {
          LaterPairs::fetch_lines(paths_.record_pairs, stretch);
          __builtin_prefetch(found_.data() + stretch.patient, 1);
        });
  };
  if (end - first == 1) {
    // Whoever alone has the pair is alone with every two that it is in.
    fetch_ahead(first);
    const LaterPairs::Stretch stretch = later_.of(first);
    found_.data()[stretch.patient] += stretch.end - stretch.own - 1;
    return;
  }
  const std::uint16_t once = next_mark();
  std::uint16_t* const marks = marks_.data();
  const auto more = static_cast<std::uint16_t>(once + 1);
  for (std::uint32_t entry = first; entry < end; ++entry) {
    fetch_ahead(entry);
    const LaterPairs::Stretch stretch = later_.of(entry);
    for (std::uint32_t i = stretch.own + 1; i < stretch.end; ++i) {
      std::uint16_t& mark = marks[mark_of(stretch, i)];
      mark = static_cast<std::uint16_t>(once + ((mark | 1) == more ? 1 : 0));
    }
  }
  for (std::uint32_t entry = first; entry < end; ++entry) {
    if (end - first > kept_in_cache) {
      later_.fetch_ahead(entry);
    }
    const LaterPairs::Stretch stretch = later_.of(entry);
    std::uint32_t alone = 0;
    for (std::uint32_t i = stretch.own + 1; i < stretch.end; ++i) {
      alone += marks[mark_of(stretch, i)] == once ? 1 : 0;
    }
    found_.data()[stretch.patient] += alone;
  }
}

void SameDayTwos::count(const Chunk& chunk) {
  const std::uint32_t* const pairs = paths_.record_pairs.data();
  const std::uint32_t* const places = paths_.record_places.data();
  for (std::uint32_t pair = chunk.first; pair < chunk.end; ++pair) {
    if (paths_.record_places.empty()) {
      count_pair(pair, [=](const LaterPairs::Stretch&, std::uint32_t i) { return pairs[i]; });
    } else {
      count_pair(pair, [=](const LaterPairs::Stretch& stretch, std::uint32_t i) {
        return std::size_t{pairs[i]} * 2 + (places[i] > places[stretch.own] ? 1 : 0);
      });
    }
  }
}

}  // namespace parcours::paths
