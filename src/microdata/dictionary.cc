#include "microdata/dictionary.h"

#include <cstring>

#include "base/check.h"

namespace parcours::microdata {
namespace {

constexpr std::size_t first_slots = 64;
constexpr std::uint64_t odd = 0x9E3779B97F4A7C15U;  // 2^64 over the golden ratio

template <class Word>
std::uint64_t load(const char* at) {
  Word word = 0;
  std::memcpy(&word, at, sizeof(word));
  return word;
}

std::uint64_t mixed(std::uint64_t a, std::uint64_t b) {
  const std::uint64_t product = (a ^ b) * odd;
  return product ^ (product >> 32);
}

// Eight bytes at a time, the last of them overlapping: quick for short texts, which these are.
std::uint64_t hash_of(std::string_view text) {
  const char* at = text.data();
  std::size_t left = text.size();
  std::uint64_t hash = left * odd;
  for (; left > 8; left -= 8, at += 8) {
    hash = mixed(hash, load<std::uint64_t>(at));
  }
  if (left >= 4) {
    hash = mixed(hash, load<std::uint32_t>(at) << 32 | load<std::uint32_t>(at + left - 4));
  } else if (left > 0) {
    const auto byte = [&](std::size_t i) {
      return std::uint64_t{static_cast<unsigned char>(at[i])};
    };
    hash = mixed(hash, byte(0) << 16 | byte(left / 2) << 8 | byte(left - 1));
  }
  return mixed(hash, hash >> 29);
}

}  // namespace

// The slot that holds the text, or the free one where it belongs.
std::size_t Dictionary::slot_of(std::uint64_t hash, std::string_view text) const {
  const std::size_t mask = slots_.size() - 1;
  std::size_t slot = hash & mask;
  for (; slots_[slot] != 0; slot = (slot + 1) & mask) {
    const Entry& entry = entries_[slots_[slot] - 1];
    if (entry.hash == hash && std::string_view(texts_.data() + entry.begin, entry.length) == text) {
      break;
    }
  }
  return slot;
}

std::uint32_t Dictionary::add(std::string_view text) {
  if (slots_.empty()) {
    slots_.resize(first_slots);
  }
  const std::uint64_t hash = hash_of(text);
  const std::size_t slot = slot_of(hash, text);
  if (slots_[slot] != 0) {
    return slots_[slot] - 1;
  }
  PARCOURS_CHECK(entries_.size() < 0xFFFFFFFEU);
  entries_.push_back({hash, texts_.size(), text.size()});
  texts_ += text;
  slots_[slot] = size();
  if (entries_.size() * 2 > slots_.size()) {
    grow();
  }
  return size() - 1;
}

void Dictionary::grow() {
  std::vector<std::uint32_t> slots(slots_.size() * 2, 0);
  const std::size_t mask = slots.size() - 1;
  for (std::uint32_t code = 0; code < size(); ++code) {
    std::size_t slot = entries_[code].hash & mask;
    while (slots[slot] != 0) {
      slot = (slot + 1) & mask;
    }
    slots[slot] = code + 1;
  }
  slots_ = std::move(slots);
}

std::optional<std::uint32_t> Dictionary::find(std::string_view text) const {
  if (slots_.empty()) {
    return std::nullopt;
  }
  const std::uint32_t held = slots_[slot_of(hash_of(text), text)];
  return held == 0 ? std::nullopt : std::optional(held - 1);
}

std::string_view Dictionary::reveal(std::uint32_t code) const {
  const Entry& entry = entries_[code];
  return std::string_view(texts_).substr(entry.begin, entry.length);
}

std::vector<std::optional<std::uint32_t>> Dictionary::codes_in(const Dictionary& other) const {
  std::vector<std::optional<std::uint32_t>> codes;
  codes.reserve(size());
  for (std::uint32_t code = 0; code < size(); ++code) {
    codes.push_back(other.find(reveal(code)));
  }
  return codes;
}

}  // namespace parcours::microdata
