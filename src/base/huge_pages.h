// Memory in pages of 2 MB instead of 4 KB, for large arrays that are read and written here and
// there: most look-ups then find their page in the processor's own table.
#pragma once

#include <cstddef>
#include <vector>

namespace parcours {

// Asks the kernel for it, of what lies wholly within; it may refuse. Call it before the memory is
// first written to.
void ask_for_huge_pages(void* begin, std::size_t bytes);

// `size` times `value` in memory of that kind.
template <class T>
std::vector<T> in_huge_pages(std::size_t size, const T& value = {}) {
  std::vector<T> result;
  result.reserve(size);
  ask_for_huge_pages(result.data(), size * sizeof(T));
  result.resize(size, value);
  return result;
}

}  // namespace parcours
