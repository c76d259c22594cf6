#include "base/page_allocator.h"

#include <sys/mman.h>

#include <new>

namespace parcours {

void* allocate_pages(std::size_t bytes) {
  void* const begin =
      ::mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (begin == MAP_FAILED) {
    throw std::bad_alloc();
  }
  return begin;
}

void free_pages(void* begin, std::size_t bytes) noexcept {
  static_cast<void>(::munmap(begin, bytes));
}

}  // namespace parcours
