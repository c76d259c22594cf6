#include "base/huge_pages.h"

#include <sys/mman.h>

#include <algorithm>
#include <cstdint>

#include "base/threads.h"

namespace parcours {

void ask_for_huge_pages(void* begin, std::size_t bytes, int threads) {
  constexpr std::uintptr_t page = std::uintptr_t{2} << 20;
  const auto from = reinterpret_cast<std::uintptr_t>(begin);
  const std::uintptr_t first = (from + page - 1) / page * page;
  const std::uintptr_t end = (from + bytes) / page * page;
  if (end <= first) {
    return;
  }
  // Without them the work is slower and not wrong, so what the kernel answers does not matter.
  static_cast<void>(::madvise(reinterpret_cast<void*>(first), end - first, MADV_HUGEPAGE));
#ifdef MADV_POPULATE_WRITE
  constexpr std::uintptr_t stretch = 8 * page;
  if (threads > 1) {
    each_on_threads((end - first + stretch - 1) / stretch, threads, [&](std::size_t number) {
      const std::uintptr_t at = first + number * stretch;
      static_cast<void>(
          ::madvise(reinterpret_cast<void*>(at), std::min(stretch, end - at), MADV_POPULATE_WRITE));
    });
  }
#else
  static_cast<void>(threads);
#endif
}

}  // namespace parcours
