#include "paths/counting.h"

#include <algorithm>
#include <limits>
#include <numeric>
#include <span>

#include "base/huge_pages.h"
#include "paths/pieces.h"

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

// Neighbouring pairs of one code: work that a thread takes at a time.
struct Chunk {
  std::uint32_t first;
  std::uint32_t end;
  std::uint32_t code_first;  // first pair of the code
};

// A chunk begins by taking in a whole reach, so it should be some reaches long. Where a pair
// reaches itself alone a chunk may go on over the next codes.
std::vector<Chunk> chunks_of(const Neighbourhood& near) {
  constexpr std::uint64_t least_entries = 1 << 15;
  constexpr std::uint64_t least_reaches = 8;
  const Paths& paths = near.paths();
  std::vector<Chunk> chunks;
  const auto pairs = static_cast<std::uint32_t>(paths.pairs());
  std::uint32_t code_first = 0;
  for (std::uint32_t first = 0, end = 0; first < pairs; first = end) {
    if (paths.pair_codes[first] != paths.pair_codes[code_first]) {
      code_first = first;
    }
    const std::uint64_t enough =
        std::max(least_entries, least_reaches * near.weight(near.reach(first)));
    const auto goes_on = [&] {
      return near.same_day() || paths.pair_codes[end] == paths.pair_codes[first];
    };
    for (end = first; end < pairs && goes_on() &&
                      paths.index_starts[end] - paths.index_starts[first] < enough;) {
      ++end;
    }
    chunks.push_back({first, end, code_first});
  }
  return chunks;
}

void prefetch_ahead(const Paths& paths, std::size_t entry) {
  constexpr std::size_t far = 24;
  constexpr std::size_t closer = 12;
  if (entry + far < paths.index_patients.size()) {
    __builtin_prefetch(&paths.record_starts[paths.index_patients[entry + far]]);
    const std::size_t patient = paths.index_patients[entry + closer];
    __builtin_prefetch(paths.record_pairs.data() + paths.record_starts[patient + 1] - 1);
  }
}

// A thread's counting where a pair reaches itself alone. Each two is met once a patient, so the
// first who is met with it is alone until a second one comes.
class SameDayCounter {
 public:
  SameDayCounter(const Neighbourhood& near, std::vector<std::uint32_t>& found)
      : paths_(near.paths()),
        found_(found),
        ordered_(!paths_.record_places.empty()),
        met_(in_huge_pages(paths_.pairs() * (ordered_ ? 2 : 1), Met{many, many})) {}

  void count(const Chunk& chunk) {
    for (std::uint32_t pair = chunk.first; pair < chunk.end; ++pair) {
      for (std::uint32_t at = paths_.index_starts[pair]; at < paths_.index_starts[pair + 1]; ++at) {
        prefetch_ahead(paths_, at);
        meet(paths_.index_patients[at], pair);
      }
    }
  }

 private:
  struct Met {
    std::uint32_t pair;     // the lower pair when somebody was last met with this one
    std::uint32_t patient;  // who, while it is one
  };

  void meet(std::uint32_t patient, std::uint32_t pair) {
    const std::uint32_t begin = paths_.record_starts[patient];
    const std::uint32_t place = ordered_ ? paths_.place(patient, pair) : 0;
    std::uint32_t first = 0;
    for (std::uint32_t i = paths_.record_starts[patient + 1];
         i-- > begin && paths_.record_pairs[i] > pair;) {
      Met& met = met_[ordered_ ? std::size_t{paths_.record_pairs[i]} * 2 +
                                     (paths_.record_places[i] > place ? 1 : 0)
                               : paths_.record_pairs[i]];
      if (met.pair != pair) {
        met = {pair, patient};
        ++first;
      } else if (met.patient != many) {
        std::atomic_ref(found_[met.patient]).fetch_sub(1, std::memory_order_relaxed);
        met.patient = many;
      }
    }
    if (first > 0) {
      std::atomic_ref(found_[patient]).fetch_add(first, std::memory_order_relaxed);
    }
  }

  const Paths& paths_;
  std::vector<std::uint32_t>& found_;
  const bool ordered_;
  std::vector<Met>
      met_;  // by pair; of paths with an order two, of those who had it before and after
};

// A thread's counting with a tolerance.
class ReachCounter {
 public:
  ReachCounter(const Neighbourhood& near, const std::vector<std::uint8_t>& lone,
               std::vector<std::uint32_t>& found)
      : near_(near),
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

  void count(const Chunk& chunk) {
    std::uint32_t left = paths_.index_starts[near_.reach(chunk.first).first];
    std::uint32_t entered = left;
    for (std::uint32_t pair = chunk.first; pair < chunk.end; ++pair) {
      const Neighbourhood::Reach reach = near_.reach(pair);
      const std::uint32_t until = paths_.index_starts[reach.last + std::size_t{1}];
      for (; entered < until; ++entered) {
        take(entered, chunk.code_first, 1);
      }
      for (const std::uint32_t from = paths_.index_starts[reach.first]; left < from; ++left) {
        take(left, chunk.code_first, ~std::uint32_t{0});
      }
      for (std::uint32_t at = paths_.index_starts[pair]; at < paths_.index_starts[pair + 1]; ++at) {
        prefetch_ahead(paths_, at);
        __builtin_prefetch(&found_[paths_.index_patients[at]], 1);
        const std::uint32_t patient = paths_.index_patients[at];
        if (const std::uint32_t alone = alone_of(patient, pair, reach); alone > 0) {
          std::atomic_ref(found_[patient]).fetch_add(alone, std::memory_order_relaxed);
        }
      }
    }
    for (; left < entered; ++left) {
      take(left, chunk.code_first, ~std::uint32_t{0});
    }
  }

 private:
  // An entry comes into reach, or goes: with it the rest of its patient's record, from the code on.
  void take(std::uint32_t entry, std::uint32_t code_first, std::uint32_t change) {
    prefetch_ahead(paths_, entry);
    const std::uint32_t patient = paths_.index_patients[entry];
    const std::uint32_t begin = paths_.record_starts[patient];
    for (std::uint32_t i = paths_.record_starts[patient + 1];
         i-- > begin && paths_.record_pairs[i] >= code_first;) {
      cells_[paths_.record_pairs[i]].count += change;
    }
  }

  // How many of the twos of `pair` and a later one of the patient's nobody else fits.
  std::uint32_t alone_of(std::uint32_t patient, std::uint32_t pair,
                         const Neighbourhood::Reach& reach) const {
    const auto record = paths_.record(patient);
    std::size_t after = record.size();
    while (record[after - 1] > pair) {
      --after;
    }
    if (lone_[pair] != 0) {
      return static_cast<std::uint32_t>(record.size() - after);
    }
    const std::uint64_t times = own(record, after - 1, reach);
    std::uint32_t alone = 0;
    for (std::size_t i = after; i < record.size(); ++i) {
      const Cell& cell = cells_[record[i]];
      const Neighbourhood::Reach other{record[i] - cell.before, record[i] + cell.after};
      const std::uint64_t mine = times * own(record, i, other);
      // Mostly somebody has this very pair, and the rest need not be summed.
      alone += cell.count <= mine && sum(other) == mine ? 1 : 0;
    }
    return alone;
  }

  std::uint64_t sum(const Neighbourhood::Reach& reach) const {
    std::uint64_t sum = 0;
    for (std::size_t pair = reach.first; pair <= reach.last; ++pair) {
      sum += cells_[pair].count;
    }
    return sum;
  }

  // How many of the record's pairs lie within the reach of its pair `i`.
  static std::uint64_t own(std::span<const std::uint32_t> record, std::size_t i,
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

  const Neighbourhood& near_;
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

Result<std::vector<std::uint32_t>> lone_twos(const Neighbourhood& near,
                                             const std::vector<std::uint8_t>& lone, int threads,
                                             Progress& progress, const Stop& stop) {
  std::vector<std::uint32_t> found(near.paths().patients(), 0);
  const std::vector<Chunk> chunks = chunks_of(near);
  progress.begin("counting twos of events", chunks.size());
  const auto with = [&](auto counter) {
    return [&, counter = std::move(counter)](std::size_t first, std::size_t end) mutable {
      for (std::size_t chunk = first; chunk < end; ++chunk) {
        counter.count(chunks[chunk]);
      }
    };
  };
  const bool whole = near.same_day() ? in_pieces(chunks.size(), 1, threads, progress, stop,
                                                 [&] { return with(SameDayCounter(near, found)); })
                                     : in_pieces(chunks.size(), 1, threads, progress, stop, [&] {
                                         return with(ReachCounter(near, lone, found));
                                       });
  if (!whole) {
    return stopped();
  }
  progress.end();
  return found;
}

}  // namespace parcours::paths
