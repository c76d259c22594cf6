#include "paths/reach_twos.h"

#include "base/huge_pages.h"
#include "paths/reach_window.h"

namespace parcours::paths {
namespace {

// How many of the record's pairs lie within the reach of its pair `i`.
std::uint64_t own_within(std::span<const std::uint32_t> record, std::size_t i,
                         const Neighbourhood::Reach& reach) {
  std::size_t first = i;
  while (first > 0 && record[first - 1] >= reach.first) {
    --first;
  }
  std::size_t end = i + 1;
  while (end < record.size() && record[end] <= reach.last) {
    ++end;
  }
  return end - first;
}

}  // namespace

ReachTwos::ReachTwos(const Neighbourhood& near, const LaterPairs& later,
                     const std::vector<std::uint8_t>& lone, std::vector<std::uint32_t>& found)
    : near_(near),
      later_(later),
      paths_(near.paths()),
      lone_(lone),
      found_(found),
      cells_(in_huge_pages<Cell>(paths_.pairs())) {
  for (std::uint32_t pair = 0; pair < paths_.pairs(); ++pair) {
    const Neighbourhood::Reach reach = near.reach(pair);
    cells_[pair].before = static_cast<std::uint16_t>(pair - reach.first);
    cells_[pair].after = static_cast<std::uint16_t>(reach.last - pair);
  }
}

void ReachTwos::count(const Chunk& chunk) {
  move_reach(
      near_, later_, chunk,
      [&](std::uint32_t i, int by) {
        cells_[paths_.record_pairs[i]].count += static_cast<std::uint32_t>(by);
      },
      [&](std::uint32_t pair) {
        const std::uint32_t end = paths_.index_starts[pair + std::size_t{1}];
        for (std::uint32_t entry = paths_.index_starts[pair]; entry < end; ++entry) {
          later_.fetch_ahead(entry);
          const LaterPairs::Stretch stretch = later_.of(entry);
          found_[stretch.patient] += alone_of(stretch, pair);
        }
      });
}

// How many of the twos of `pair` and a later one of the patient's nobody else fits.
std::uint32_t ReachTwos::alone_of(const LaterPairs::Stretch& stretch, std::uint32_t pair) const {
  if (lone_[pair] != 0) {
    return stretch.end - stretch.own - 1;
  }
  const auto record = paths_.record(stretch.patient);
  const std::size_t own = stretch.own - paths_.record_starts[stretch.patient];
  const std::uint64_t times = own_within(record, own, near_.reach(pair));
  std::uint32_t alone = 0;
  for (std::size_t i = own + 1; i < record.size(); ++i) {
    const Cell& cell = cells_[record[i]];
    const Neighbourhood::Reach other{record[i] - cell.before, record[i] + cell.after};
    const std::uint64_t mine = times * own_within(record, i, other);
    // Mostly somebody has this very pair, and the rest need not be summed.
    alone += cell.count <= mine && sum(other) == mine ? 1 : 0;
  }
  return alone;
}

std::uint64_t ReachTwos::sum(const Neighbourhood::Reach& reach) const {
  std::uint64_t sum = 0;
  for (std::size_t pair = reach.first; pair <= reach.last; ++pair) {
    sum += cells_[pair].count;
  }
  return sum;
}

}  // namespace parcours::paths
