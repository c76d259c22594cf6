// Buffers that are overwritten with zeros before their memory is freed. We use them where whole
// files of personal data pass through: data left in freed memory could end up in a core file or a
// swap file, or be exposed by a bug.
#pragma once

#include <string.h>  // explicit_bzero

#include <cstddef>
#include <memory>
#include <string>

namespace parcours {

// For containers. A short text lies inside its std::string and not here.
template <class T>
struct WipingAllocator {
  using value_type = T;
  WipingAllocator() = default;
  template <class U>
  WipingAllocator(const WipingAllocator<U>&) {}  // NOLINT(google-explicit-constructor)

  T* allocate(std::size_t count) { return std::allocator<T>().allocate(count); }
  void deallocate(T* at, std::size_t count) {
    ::explicit_bzero(at, count * sizeof(T));
    std::allocator<T>().deallocate(at, count);
  }
  friend bool operator==(const WipingAllocator&, const WipingAllocator&) { return true; }
};

using WipedString = std::basic_string<char, std::char_traits<char>, WipingAllocator<char>>;

// A run of bytes that are not set at first.
struct Wipe {
  std::size_t bytes = 0;
  void operator()(char* at) const { WipingAllocator<char>().deallocate(at, bytes); }
};
using WipedBytes = std::unique_ptr<char[], Wipe>;

inline WipedBytes wiped_bytes(std::size_t count) {
  return {WipingAllocator<char>().allocate(count), Wipe{count}};
}

}  // namespace parcours
