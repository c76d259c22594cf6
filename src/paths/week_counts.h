// How often each pair stands in the records that are within reach, and what such counts of a whole
// reach sum up to, within a tolerance of some days.
//
// A pair reaches at most seven pairs on either side, so we read sixteen counts at once, mask those
// out of reach, and add the rest without a branch. Most codes are rare, and few records are within
// reach of one of their pairs: counts of one byte hold them, and the counts that are asked for most
// stay in the processor's nearest cache.
#pragma once

#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <limits>
#include <type_traits>
#include <vector>

#include "base/huge_pages.h"

namespace parcours::paths {

inline constexpr std::int32_t most_days_of_week_twos = 7;

// `Count`: std::uint8_t, std::uint16_t or std::uint32_t.
template <class Count>
class WeekCounts {
 public:
  // The most records within reach of a pair for which a sum is right. While they come and go there
  // may be more.
  static constexpr std::uint32_t most_entries =
      sizeof(Count) < sizeof(std::uint32_t)
          ? std::numeric_limits<Count>::max()
          : std::numeric_limits<std::uint32_t>::max() / (2 * most_days_of_week_twos + 1);

  explicit WeekCounts(std::size_t pairs) : counts_(in_huge_pages<Count>(pairs + before + after)) {}

  // By pair.
  Count* data() { return counts_.data() + before; }

  // Of the pair, `reach` & 7 pairs before it and `reach` >> 4 after it.
  [[gnu::always_inline]] std::uint32_t sum(std::uint32_t pair, std::uint8_t reach) const {
    Block counts;
    Block mask;
    std::memcpy(&counts, counts_.data() + pair, sizeof(Block));
    std::memcpy(&mask, masks[reach & 0x77U].data(), sizeof(Block));
    counts &= mask;
    if constexpr (sizeof(Count) == 1) {
      return sum_of_bytes(counts);
    } else {
      return sum_of_more(counts);
    }
  }

 private:
  static constexpr std::size_t before = 7;
  static constexpr std::size_t after = 8;
  static constexpr std::size_t lanes = before + 1 + after;
  // Of a compiler's own vectors: from plain loops gcc makes sixteen additions, one after another.
  // No function may return one: with AVX it would be called in another way.
  typedef Count Block __attribute__((vector_size(lanes * sizeof(Count))));

  // All bits of the counts within reach.
  static constexpr auto masks = [] {
    std::array<std::array<Count, lanes>, 0x78> result{};
    for (std::size_t reach = 0; reach < result.size(); ++reach) {
      for (std::size_t lane = 0; lane < lanes; ++lane) {
        const bool within = lane + (reach & 7U) >= before && lane <= before + (reach >> 4U);
        result[reach][lane] = within ? static_cast<Count>(~Count{0}) : Count{0};
      }
    }
    return result;
  }();

  [[gnu::always_inline]] static std::uint32_t sum_of_bytes(const Block& counts) {
#ifdef __SSE2__
    __m128i bytes;
    std::memcpy(&bytes, &counts, sizeof(bytes));
    const __m128i halves = _mm_sad_epu8(bytes, _mm_setzero_si128());
    return static_cast<std::uint32_t>(
        _mm_cvtsi128_si32(_mm_add_epi32(halves, _mm_unpackhi_epi64(halves, halves))));
#else
    std::uint32_t sum = 0;
    for (std::size_t lane = 0; lane < lanes; ++lane) {
      sum += counts[lane];
    }
    return sum;
#endif
  }

  [[gnu::always_inline]] static std::uint32_t sum_of_more(const Block& counts) {
    typedef std::uint32_t Sums __attribute__((vector_size(16)));
    Sums parts[sizeof(Block) / sizeof(Sums)];
    std::memcpy(parts, &counts, sizeof(Block));
    Sums sum = {};
    for (const Sums& part : parts) {
      sum += sizeof(Count) == 2 ? (part & 0xffffU) + (part >> 16U) : part;
    }
    sum += __builtin_shufflevector(sum, sum, 2, 3, 0, 1);
    return sum[0] + sum[1];
  }

  std::vector<Count> counts_;  // by pair, from the seventh on
};

}  // namespace parcours::paths
