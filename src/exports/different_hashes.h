// How many different hashes came: a set that only grows, and that holds what comes next to each
// other, so that most look-ups of a column's values stay in the cache.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace parcours::exports {

class DifferentHashes {
 public:
  void insert(std::uint64_t hash);
  std::uint64_t size() const { return size_; }

 private:
  // Where the hash is, or the free slot where it would be.
  std::size_t slot_of(std::uint64_t hash) const;
  void grow();

  std::vector<std::uint64_t> slots_;  // a power of two of them, at most half taken; 0: free
  std::uint64_t size_ = 0;
};

}  // namespace parcours::exports
