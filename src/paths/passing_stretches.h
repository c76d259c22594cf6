// The records within the reach of a pair, as it moves on through the days of a code: a copy of
// them, one after another.
//
// A record is read when it comes within reach, when its own pair is asked about, and when it goes.
// In the copy the second and third time find it in the cache. Keep one only where few records are
// within reach at a time.
//
// Memory: 6 bytes for every pair of the records within reach, twice that while it grows.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "paths/later_pairs.h"
#include "paths/nearby.h"

namespace parcours::paths {

// One a thread. What it is given must outlive it.
class PassingStretches {
 public:
  // Of one entry of the index, places in the copy: from its patient's first pair of the code on,
  // its own pair, and the end of the record.
  struct Stretch {
    std::uint32_t patient;
    std::uint32_t begin;
    std::uint32_t own;
    std::uint32_t end;
  };

  PassingStretches(const LaterPairs& later, const std::vector<Nearby>& nearby)
      : later_(later), nearby_(nearby) {}

  // What the next entry of the index brings: one more of each of these pairs. `code_first` is the
  // first pair of the entry's code.
  template <class Count>
  void come(std::uint32_t entry, std::uint32_t code_first, Count* counts) {
    later_.fetch_ahead(
        entry, [&](const LaterPairs::Stretch& stretch) __attribute__((always_inline)) {
          LaterPairs::fetch_lines(later_.paths().record_pairs, stretch);
          LaterPairs::fetch_lines(nearby_, stretch);
        });
    const LaterPairs::Stretch from = later_.of(entry);
    const std::uint32_t* const pairs = later_.paths().record_pairs.data();
    const Nearby* const nearby = nearby_.data();
    const std::uint32_t record_first = later_.paths().record_starts.data()[from.patient];
    std::uint32_t begin = from.own;
    while (begin > record_first && pairs[begin - 1] >= code_first) {
      --begin;
    }
    const std::uint32_t size = from.end - begin;
    if (end_ + size > pairs_.size()) {
      make_room(size);
    }
    std::uint32_t* const pairs_to = pairs_.data() + end_;
    Nearby* const nearby_to = around_.data() + end_;
    for (std::uint32_t i = 0; i < size; ++i) {
      const std::uint32_t pair = pairs[begin + i];
      pairs_to[i] = pair;
      nearby_to[i] = nearby[begin + i];
      ++counts[pair];
    }
    stretches_.push_back({from.patient, end_, end_ + (from.own - begin), end_ + size});
    end_ += size;
  }

  // So many entries go, those that came first: one less of each of their pairs.
  template <class Count>
  void go(std::uint32_t entries, Count* counts) {
    if (entries == 0) {
      return;
    }
    const std::uint32_t* const pairs = pairs_.data();
    const std::uint32_t end = stretches_[gone_ + entries - 1].end;
    for (std::uint32_t i = stretches_[gone_].begin; i < end; ++i) {
      --counts[pairs[i]];
    }
    gone_ += entries;
    if (gone_ == stretches_.size()) {
      stretches_.clear();
      gone_ = 0;
      end_ = 0;
    }
  }

  // Those that came and have not gone, first come first. All that is given here is valid until the
  // next one comes or goes.
  std::span<const Stretch> stretches() const { return std::span(stretches_).subspan(gone_); }
  const std::uint32_t* pairs() const { return pairs_.data(); }
  const Nearby* around() const { return around_.data(); }

 private:
  void make_room(std::uint32_t size);

  const LaterPairs& later_;
  const std::vector<Nearby>& nearby_;
  std::vector<Stretch> stretches_;
  std::size_t gone_ = 0;  // of the stretches
  std::uint32_t end_ = 0;
  std::vector<std::uint32_t> pairs_;
  std::vector<Nearby> around_;
};

}  // namespace parcours::paths
