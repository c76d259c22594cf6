#include "paths/chunks.h"

#include <algorithm>

namespace parcours::paths {

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

}  // namespace parcours::paths
