// Memory in pages of 2 MB instead of 4 KB, for large arrays that are read and written here and
// there: most look-ups then find their page in the processor's own table.
#pragma once

#include <cstddef>
#include <vector>

namespace parcours {

// Asks the kernel for it, of what lies wholly within; it may refuse. Call it before the memory is
// first written to. The kernel clears each page before it hands it out, which takes longer than
// most uses of it: with several threads they have it done at once.
void ask_for_huge_pages(void* begin, std::size_t bytes, int threads = 1);

// `size` times `value` in memory of that kind.
template <class T>
std::vector<T> in_huge_pages(std::size_t size, int threads = 1, const T& value = {}) {
  std::vector<T> result;
  result.reserve(size);
  ask_for_huge_pages(result.data(), size * sizeof(T), threads);
  result.resize(size, value);
  return result;
}

}  // namespace parcours
