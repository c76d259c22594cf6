#include "paths/text_numbers.h"

#include <algorithm>
#include <numeric>

namespace parcours::paths {

TextNumbers::TextNumbers() : hash_(std::array<unsigned char, 16>{}), slots_(1024, 0) {}

std::size_t TextNumbers::slot_of(Uint128 hash) const {
  const std::size_t mask = slots_.size() - 1;
  std::size_t slot = static_cast<std::size_t>(hash) & mask;
  while (slots_[slot] != 0 && hashes_[slots_[slot] - 1] != hash) {
    slot = (slot + 1) & mask;
  }
  return slot;
}

std::uint32_t TextNumbers::number(std::string_view text) {
  const Uint128 hash = hash_(text);
  const std::size_t slot = slot_of(hash);
  if (slots_[slot] != 0) {
    return slots_[slot] - 1;
  }
  hashes_.push_back(hash);
  slots_[slot] = size();
  if (std::size_t{size()} * 2 > slots_.size()) {
    grow();
  }
  return size() - 1;
}

std::optional<std::uint32_t> TextNumbers::find(std::string_view text) const {
  return find(hash_(text));
}

std::optional<std::uint32_t> TextNumbers::find(Uint128 hash) const {
  const std::uint32_t found = slots_[slot_of(hash)];
  return found == 0 ? std::nullopt : std::optional(found - 1);
}

void TextNumbers::grow() {
  std::vector<std::uint32_t> slots(slots_.size() * 2, 0);
  const std::size_t mask = slots.size() - 1;
  for (std::uint32_t i = 0; i < size(); ++i) {
    std::size_t slot = static_cast<std::size_t>(hashes_[i]) & mask;
    while (slots[slot] != 0) {
      slot = (slot + 1) & mask;
    }
    slots[slot] = i + 1;
  }
  slots_ = std::move(slots);
}

std::vector<std::uint32_t> TextNumbers::ranks() const {
  std::vector<std::uint32_t> order(size());
  std::iota(order.begin(), order.end(), 0);
  std::ranges::sort(order, {}, [&](std::uint32_t i) { return hashes_[i]; });
  std::vector<std::uint32_t> result(size());
  for (std::uint32_t rank = 0; rank < order.size(); ++rank) {
    result[order[rank]] = rank;
  }
  return result;
}

}  // namespace parcours::paths
