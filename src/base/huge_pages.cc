#include "base/huge_pages.h"

#include <sys/mman.h>

#include <cstdint>

namespace parcours {

void ask_for_huge_pages(void* begin, std::size_t bytes) {
  constexpr std::uintptr_t page = std::uintptr_t{2} << 20;
  const auto from = reinterpret_cast<std::uintptr_t>(begin);
  const std::uintptr_t first = (from + page - 1) / page * page;
  const std::uintptr_t end = (from + bytes) / page * page;
  if (end > first) {
    // Without them the work is slower and not wrong, so what the kernel answers does not matter.
    static_cast<void>(::madvise(reinterpret_cast<void*>(first), end - first, MADV_HUGEPAGE));
  }
}

}  // namespace parcours
