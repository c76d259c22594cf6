// An allocator whose memory goes back to the system as soon as it is freed, in whatever thread. A
// program that fills many blocks and then turns them into something else, block by block, never
// has both in memory; malloc() may keep freed blocks for later.
//
//   std::vector<Event, PageAllocator<Event>> block;
//   block.reserve(1 << 16);   // for blocks of some hundred kilobytes and more
#pragma once

#include <cstddef>

namespace parcours {

// Whole pages; std::bad_alloc where there are none.
void* allocate_pages(std::size_t bytes);
void free_pages(void* begin, std::size_t bytes) noexcept;

template <class T>
struct PageAllocator {
  using value_type = T;
  PageAllocator() = default;
  template <class U>
  explicit PageAllocator(const PageAllocator<U>&) {}
  T* allocate(std::size_t count) { return static_cast<T*>(allocate_pages(count * sizeof(T))); }
  void deallocate(T* begin, std::size_t count) noexcept { free_pages(begin, count * sizeof(T)); }
  friend bool operator==(const PageAllocator&, const PageAllocator&) { return true; }
};

}  // namespace parcours
