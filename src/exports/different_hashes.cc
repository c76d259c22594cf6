#include "exports/different_hashes.h"

#include <algorithm>
#include <utility>

namespace parcours::exports {

void DifferentHashes::insert(std::uint64_t hash) {
  hash = std::max<std::uint64_t>(hash, 1);  // 0 is a free slot
  if (2 * (size_ + 1) > slots_.size()) {
    grow();
  }
  std::uint64_t& slot = slots_[slot_of(hash)];
  size_ += slot == 0 ? 1 : 0;
  slot = hash;
}

std::size_t DifferentHashes::slot_of(std::uint64_t hash) const {
  const std::size_t mask = slots_.size() - 1;
  std::size_t slot = (hash ^ (hash >> 32)) & mask;
  while (slots_[slot] != 0 && slots_[slot] != hash) {
    slot = (slot + 1) & mask;
  }
  return slot;
}

void DifferentHashes::grow() {
  constexpr std::size_t fewest = 16;
  const std::vector<std::uint64_t> before =
      std::exchange(slots_, std::vector<std::uint64_t>(std::max(fewest, 2 * slots_.size()), 0));
  for (const std::uint64_t hash : before) {
    if (hash != 0) {
      slots_[slot_of(hash)] = hash;
    }
  }
}

}  // namespace parcours::exports
