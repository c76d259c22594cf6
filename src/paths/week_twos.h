// Counts twos within a tolerance of some days, where everything that counts fits into little space:
// a pair reaches at most seven pairs on either side, so we sum eight and eight numbers, without a
// branch, and keep of each how many of them count.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <limits>
#include <vector>

#include "base/huge_pages.h"
#include "paths/chunks.h"
#include "paths/later_pairs.h"
#include "paths/matching.h"
#include "paths/reach_window.h"

namespace parcours::paths {

inline constexpr std::int32_t most_days_of_week_twos = 7;

// What is near a pair of a record.
struct Nearby {
  std::uint8_t reach = 0;  // pairs before it in its reach, and 16 times those after it
  std::uint8_t own = 0;    // pairs of the record within its reach
};

// Beside record_pairs. The tolerance is at most most_days_of_week_twos.
std::vector<Nearby> nearby(const Neighbourhood& near, int threads);

// One a thread. What it is given must outlive it; it adds each patient's twos to `found`. `Count`
// holds how often a pair stands in the records within reach, and such numbers of a whole reach
// added up: so no more than most_entries are within reach of any pair of a chunk.
template <class Count>
class WeekTwos {
 public:
  static constexpr std::uint32_t most_entries =
      std::numeric_limits<Count>::max() / (2 * most_days_of_week_twos + 1);

  WeekTwos(const Neighbourhood& near, const LaterPairs& later, const std::vector<Nearby>& nearby,
           std::vector<std::uint32_t>& found)
      : near_(near),
        later_(later),
        paths_(near.paths()),
        nearby_(nearby),
        found_(found),
        counts_(in_huge_pages<Count>(paths_.pairs() + before + after)) {}

  void count(const Chunk& chunk) {
    const std::uint32_t* pairs = paths_.record_pairs.data();
    Count* counts = counts_.data() + before;
    move_reach(
        near_, later_, chunk,
        [=](std::uint32_t i, int by) {
          counts[pairs[i]] = static_cast<Count>(counts[pairs[i]] + static_cast<Count>(by));
        },
        [&](std::uint32_t pair) { ask(pair); });
  }

 private:
  static constexpr std::size_t before = 7;
  static constexpr std::size_t after = 8;
  // Of a compiler's own vectors: from plain loops gcc makes sixteen additions, one after another.
  typedef Count Lanes __attribute__((vector_size(8 * sizeof(Count))));

  // All bits of the numbers that count: of those up to the pair and of those after it.
  static constexpr auto up_to = [] {
    std::array<std::array<Count, 8>, 8> masks{};
    for (std::size_t reach = 0; reach < 8; ++reach) {
      for (std::size_t lane = before - reach; lane < 8; ++lane) {
        masks[reach][lane] = static_cast<Count>(~Count{0});
      }
    }
    return masks;
  }();
  static constexpr auto beyond = [] {
    std::array<std::array<Count, 8>, 8> masks{};
    for (std::size_t reach = 0; reach < 8; ++reach) {
      for (std::size_t lane = 0; lane < reach; ++lane) {
        masks[reach][lane] = static_cast<Count>(~Count{0});
      }
    }
    return masks;
  }();

  // The counts of all pairs in the reach of one.
  Count sum(std::uint32_t pair, std::uint8_t reach) const {
    const Count* counts = counts_.data() + pair;
    // No function may return such a vector: with AVX it would be called in another way.
    Lanes near_before;
    Lanes near_after;
    Lanes until;
    Lanes from;
    std::memcpy(&near_before, counts, sizeof(Lanes));
    std::memcpy(&near_after, counts + 8, sizeof(Lanes));
    std::memcpy(&until, up_to[reach & 7U].data(), sizeof(Lanes));
    std::memcpy(&from, beyond[reach >> 4U & 7U].data(), sizeof(Lanes));
    Lanes sum = (near_before & until) + (near_after & from);
    sum += __builtin_shufflevector(sum, sum, 4, 5, 6, 7, 0, 1, 2, 3);
    sum += __builtin_shufflevector(sum, sum, 2, 3, 0, 1, 6, 7, 4, 5);
    return static_cast<Count>(sum[0] + sum[1]);
  }

  // How many of the twos of `pair` and a later one nobody else fits, for each who has it.
  void ask(std::uint32_t pair) {
    const std::uint32_t* const pairs = paths_.record_pairs.data();
    const std::uint32_t end = paths_.index_starts[pair + std::size_t{1}];
    for (std::uint32_t entry = paths_.index_starts[pair]; entry < end; ++entry) {
      later_.fetch_ahead(
          entry, [&](const LaterPairs::Stretch& stretch) __attribute__((always_inline)) {
            LaterPairs::fetch_lines(paths_.record_pairs, stretch);
            LaterPairs::fetch_lines(nearby_, stretch);
            __builtin_prefetch(found_.data() + stretch.patient, 1);
          });
      const LaterPairs::Stretch stretch = later_.of(entry);
      const Nearby* const around = nearby_.data();
      const std::uint32_t times = around[stretch.own].own;
      std::uint32_t alone = 0;
      for (std::uint32_t i = stretch.own + 1; i < stretch.end; ++i) {
        const Count fit = sum(pairs[i], around[i].reach);
        alone += fit == times * around[i].own ? 1 : 0;
      }
      found_.data()[stretch.patient] += alone;
    }
  }

  const Neighbourhood& near_;
  const LaterPairs& later_;
  const Paths& paths_;
  const std::vector<Nearby>& nearby_;
  std::vector<std::uint32_t>& found_;
  std::vector<Count> counts_;  // by pair, from the seventh on
};

}  // namespace parcours::paths
