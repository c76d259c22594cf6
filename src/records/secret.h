// Secret bytes. They are locked in memory if the system allows it, left out of core files, and
// wiped when they are destroyed (libsodium's guarded memory). They cannot be copied or printed.
#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <string_view>

namespace parcours::records {

class Secret {
 public:
  explicit Secret(std::size_t size);

  std::size_t size() const { return size_; }
  unsigned char* data() { return bytes_.get(); }
  const unsigned char* data() const { return bytes_.get(); }
  std::span<unsigned char> bytes() { return {bytes_.get(), size_}; }
  std::string_view text() const { return {reinterpret_cast<const char*>(bytes_.get()), size_}; }

  // Keeps the first `size` bytes; the memory goes with the whole.
  void shorten(std::size_t size);

 private:
  struct Free {
    void operator()(unsigned char* bytes) const;
  };
  std::unique_ptr<unsigned char[], Free> bytes_;
  std::size_t size_;
};

}  // namespace parcours::records
