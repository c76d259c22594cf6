#include "paths/later_pairs.h"

#include <algorithm>

#include "base/huge_pages.h"
#include "base/threads.h"

namespace parcours::paths {

LaterPairs::LaterPairs(const Paths& paths, int threads)
    : paths_(paths), later_(in_huge_pages<std::uint16_t>(paths.record_pairs.size(), threads)) {
  // A thread writes the entries of neighbouring pairs, so no two write to the same place.
  std::vector<std::uint32_t> next(paths.index_starts);
  const auto parts = static_cast<std::size_t>(std::max(threads, 1));
  const auto first_pair = [&](std::size_t part) {
    const std::uint64_t entry = std::uint64_t{later_.size()} * part / parts;
    return static_cast<std::uint32_t>(std::ranges::lower_bound(paths.index_starts, entry) -
                                      paths.index_starts.begin());
  };
  each_on_threads(parts, threads, [&](std::size_t part) {
    const std::uint32_t first = first_pair(part);
    const std::uint32_t end = first_pair(part + 1);
    for (std::size_t patient = 0; patient < paths.patients(); ++patient) {
      const auto record = paths.record(patient);
      for (std::size_t i = record.size(); i-- > 0 && record[i] >= first;) {
        if (record[i] < end) {
          later_.data()[next.data()[record[i]]++] =
              static_cast<std::uint16_t>(record.size() - 1 - i);
        }
      }
    }
  });
}

}  // namespace parcours::paths
