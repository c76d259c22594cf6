// Rows of a chunk that are handed out, in their order: neighbours are one stretch, so that a column
// is copied in few pieces.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <vector>

namespace parcours::vault {

// From `begin` to before `end`.
struct Stretch {
  std::uint32_t begin;
  std::uint32_t end;
};

class Stretches {
 public:
  void clear() { all_.clear(); }
  // All of so many rows.
  void keep_all(std::uint32_t rows) { all_.assign(1, {0, rows}); }
  // One more, after those before.
  void keep(std::uint32_t row) {
    if (!all_.empty() && all_.back().end == row) {
      ++all_.back().end;
    } else {
      all_.push_back({row, row + 1});
    }
  }

  // Several more; an empty stretch is none.
  void keep(Stretch rows) {
    if (rows.begin == rows.end) {
      return;
    }
    if (!all_.empty() && all_.back().end == rows.begin) {
      all_.back().end = rows.end;
    } else {
      all_.push_back(rows);
    }
  }

  const std::vector<Stretch>& all() const { return all_; }
  std::size_t rows() const {
    std::size_t rows = 0;
    for (const Stretch& one : all_) {
      rows += one.end - one.begin;
    }
    return rows;
  }
  // Copies the rows' values.
  template <class T>
  void append(std::span<const T> values, T* to) const {
    for (const Stretch& one : all_) {
      std::memcpy(to, values.data() + one.begin, (one.end - one.begin) * sizeof(T));
      to += one.end - one.begin;
    }
  }

 private:
  std::vector<Stretch> all_;
};

}  // namespace parcours::vault
