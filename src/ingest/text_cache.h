// Caches the numbers of texts that occur often: practices, codes, kinds. Each thread has its own,
// so that the inner loop takes no lock and allocates no memory.
#pragma once

#include <cstdint>
#include <cstring>
#include <deque>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/int128.h"

namespace parcours::ingest {

class TextCache {
 public:
  // The number of `text`, or nullptr when it is not known yet. Valid until the next insert.
  const std::uint32_t* find(std::string_view text) const {
    for (std::size_t at = hash(text) & mask_;; at = (at + 1) & mask_) {
      const Entry& entry = entries_[at];
      if (entry.text.data() == nullptr) {
        return nullptr;
      }
      if (entry.text == text) {
        return &entry.number;
      }
    }
  }

  // `text` must not be known yet.
  void insert(std::string_view text, std::uint32_t number) {
    if (texts_.size() * 2 >= entries_.size()) {
      grow();
    }
    texts_.emplace_back(text);
    place({texts_.back(), number});
  }

 private:
  struct Entry {
    std::string_view text;  // no data: nothing here
    std::uint32_t number = 0;
  };

  static std::uint64_t load(const char* at, std::size_t bytes) {
    std::uint64_t word = 0;
    std::memcpy(&word, at, bytes);
    return word;
  }

  static std::uint64_t mix(std::uint64_t a, std::uint64_t b) {
    const Uint128 product = static_cast<Uint128>(a) * b;
    return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64);
  }

  static std::uint64_t hash(std::string_view text) {
    constexpr std::uint64_t odd = 0x9E3779B97F4A7C15U;
    std::uint64_t sum = text.size() * odd;
    const char* at = text.data();
    std::size_t left = text.size();
    for (; left > 8; at += 8, left -= 8) {
      sum = mix(sum ^ load(at, 8), odd);
    }
    std::uint64_t last = 0;
    if (left >= 4) {  // two loads that may overlap
      last = load(at, 4) | load(at + left - 4, 4) << 32;
    } else if (left > 0) {
      last = load(at, 1) | load(at + left / 2, 1) << 8 | load(at + left - 1, 1) << 16;
    }
    return mix(sum ^ last, odd);
  }

  void place(const Entry& entry) {
    std::size_t at = hash(entry.text) & mask_;
    while (entries_[at].text.data() != nullptr) {
      at = (at + 1) & mask_;
    }
    entries_[at] = entry;
  }

  void grow() {
    std::vector<Entry> before(entries_.size() * 2);
    before.swap(entries_);
    mask_ = entries_.size() - 1;
    for (const Entry& entry : before) {
      if (entry.text.data() != nullptr) {
        place(entry);
      }
    }
  }

  std::deque<std::string> texts_;
  std::vector<Entry> entries_ = std::vector<Entry>(64);
  std::size_t mask_ = 63;
};

}  // namespace parcours::ingest
