#include "paths/counting.h"

#include <algorithm>
#include <atomic>
#include <limits>
#include <optional>
#include <utility>

#include "base/huge_pages.h"
#include "paths/chunks.h"
#include "paths/pieces.h"
#include "paths/reach_twos.h"
#include "paths/same_day_twos.h"
#include "paths/week_twos.h"

namespace parcours::paths {
namespace {

constexpr std::uint32_t many = std::numeric_limits<std::uint32_t>::max();  // no patient's number

// The one patient who has the pair, or `many`.
std::vector<std::uint32_t> sole_owners(const Paths& paths) {
  std::vector<std::uint32_t> owners(paths.pairs());
  for (std::size_t pair = 0; pair < paths.pairs(); ++pair) {
    const std::uint32_t first = paths.index_starts[pair];
    owners[pair] = paths.index_starts[pair + 1] - first == 1 ? paths.index_patients[first] : many;
  }
  return owners;
}

// A worker's counting within some days: with small numbers where they suffice.
class WithinDays {
 public:
  WithinDays(const Neighbourhood& near, const LaterPairs& later, const std::vector<Nearby>& nearby,
             std::vector<std::uint32_t>& found)
      : near_(near),
        later_(later),
        nearby_(nearby),
        found_(found),
        passing_(later, nearby),
        few_(near, found) {}

  void count(const Chunk& chunk) {
    std::uint32_t most = 0;
    for (std::uint32_t pair = chunk.first; pair < chunk.end; ++pair) {
      most = std::max(most, near_.weight(near_.reach(pair)));
    }
    if (most <= decltype(few_)::most_entries) {
      few_.count(passing_, chunk);
    } else if (most <= WeekTwos<std::uint16_t>::most_entries) {
      counter(more_).count(passing_, chunk);
    } else {
      counter(many_).count(later_, nearby_, chunk);
    }
  }

 private:
  template <class Twos>
  Twos& counter(std::optional<Twos>& twos) {
    if (!twos) {
      twos.emplace(near_, found_);
    }
    return *twos;
  }

  const Neighbourhood& near_;
  const LaterPairs& later_;
  const std::vector<Nearby>& nearby_;
  std::vector<std::uint32_t>& found_;
  PassingStretches passing_;
  WeekTwos<std::uint8_t> few_;
  std::optional<WeekTwos<std::uint16_t>> more_;
  std::optional<WeekTwos<std::uint32_t>> many_;
};

bool within_a_week(const Neighbourhood& near) {
  return near.within_days() <= most_days_of_week_twos &&
         near.paths().index_patients.size() <= WeekTwos<std::uint32_t>::most_entries;
}

// By patient, what all workers found.
std::vector<std::uint32_t> together(std::vector<std::vector<std::uint32_t>> found) {
  std::vector<std::uint32_t> all = std::move(found[0]);
  for (std::size_t worker = 1; worker < found.size(); ++worker) {
    for (std::size_t patient = 0; patient < found[worker].size(); ++patient) {
      all[patient] += found[worker][patient];
    }
  }
  return all;
}

}  // namespace

std::vector<std::uint8_t> lone_pairs(const Neighbourhood& near) {
  const Paths& paths = near.paths();
  const std::vector<std::uint32_t> owners = sole_owners(paths);
  // Where the run of pairs that one patient alone owns ends, seen from the right.
  std::vector<std::uint32_t> run_ends(paths.pairs());
  for (std::size_t pair = paths.pairs(); pair-- > 0;) {
    const bool goes_on = pair + 1 < paths.pairs() && owners[pair + 1] == owners[pair];
    run_ends[pair] = goes_on ? run_ends[pair + 1] : static_cast<std::uint32_t>(pair);
  }
  std::vector<std::uint8_t> lone(paths.pairs());
  for (std::uint32_t pair = 0; pair < paths.pairs(); ++pair) {
    const Neighbourhood::Reach reach = near.reach(pair);
    lone[pair] = owners[pair] != many && run_ends[reach.first] >= reach.last ? 1 : 0;
  }
  return lone;
}

std::uint64_t pair_steps(const Paths& paths) {
  constexpr std::uint64_t longest = 1 << 16;
  std::uint64_t steps = 0;
  for (std::size_t patient = 0; patient < paths.patients(); ++patient) {
    const std::uint64_t pairs = paths.record(patient).size();
    if (pairs > longest) {
      return std::numeric_limits<std::uint64_t>::max();
    }
    steps += pairs * (pairs - std::min<std::uint64_t>(pairs, 1)) / 2;
  }
  return steps;
}

Result<std::vector<std::uint32_t>> lone_twos(const Neighbourhood& near, const LaterPairs& later,
                                             const std::vector<std::uint8_t>& lone, int threads,
                                             Progress& progress, const Stop& stop) {
  const std::vector<Chunk> chunks = chunks_of(near);
  std::vector<std::vector<std::uint32_t>> found(static_cast<std::size_t>(std::max(threads, 1)));
  std::atomic<std::size_t> workers{0};
  progress.begin("counting twos of events", chunks.size());
  const auto count_with = [&](const auto& make_counter) {
    return in_pieces(chunks.size(), 1, threads, progress, stop, [&] {
      std::vector<std::uint32_t>& mine = found[workers++];
      mine = in_huge_pages<std::uint32_t>(near.paths().patients());
      return [&, counter = make_counter(mine)](std::size_t first, std::size_t end) mutable {
        for (std::size_t chunk = first; chunk < end; ++chunk) {
          counter.count(chunks[chunk]);
        }
      };
    });
  };
  bool whole = false;
  if (near.same_day()) {
    whole = count_with([&](auto& mine) { return SameDayTwos(later, mine); });
  } else if (within_a_week(near)) {
    const std::vector<Nearby> around = nearby(near, threads);
    whole = count_with([&](auto& mine) { return WithinDays(near, later, around, mine); });
  } else {
    whole = count_with([&](auto& mine) { return ReachTwos(near, later, lone, mine); });
  }
  if (!whole) {
    return stopped();
  }
  progress.end();
  return together(std::move(found));
}

}  // namespace parcours::paths
