// The values of a record in the chosen columns as one number: records with equal values have equal
// keys. For the use of `classes` and what is built on them.
//
// Where the columns' codes fit side by side into 64 or 128 bits they stand there, and the keys are
// exact. Else a key is a sum over the columns of 128-bit numbers that each code is mixed to: two
// records that differ get the same key with a chance of about 2^-128, 10^-20 for any pair of a
// billion records.
//
// Either way a key is a sum of one term for each column, so that a column can be taken out again by
// taking off its term.
#pragma once

#include <bit>
#include <cstdint>
#include <span>
#include <vector>

#include "base/int128.h"
#include "base/random.h"
#include "microdata/code_column.h"

namespace parcours::microdata {

class RowKeys {
 public:
  explicit RowKeys(std::span<const CodeColumn> columns) : columns_(columns) {
    unsigned bits = 0;
    for (const CodeColumn& column : columns) {
      shifts_.push_back(bits);
      bits += static_cast<unsigned>(std::bit_width(column.values > 0 ? column.values - 1 : 0));
    }
    width_ = bits <= 64 ? Width::packed64 : bits <= 128 ? Width::packed128 : Width::mixed128;
  }

  bool narrow() const { return width_ == Width::packed64; }
  std::size_t columns() const { return columns_.size(); }

  // The sum of the terms of `column`, for the records from `begin` on, is added to `keys`; with
  // `Sign` -1 taken off. Key is std::uint64_t where narrow(), else Uint128.
  template <int Sign, class Key>
  void add(std::size_t column, std::size_t begin, std::span<Key> keys) const {
    const std::uint32_t* codes = columns_[column].codes.data() + begin;
    const unsigned shift = shifts_[column];
    if (width_ == Width::mixed128) {
      const std::uint64_t salt = mixed(column + 1);
      for (std::size_t i = 0; i < keys.size(); ++i) {
        const Key term =
            static_cast<Key>(Uint128{mixed(salt + codes[i])} << 64 | mixed(~salt - codes[i]));
        keys[i] = Sign > 0 ? keys[i] + term : keys[i] - term;
      }
      return;
    }
    for (std::size_t i = 0; i < keys.size(); ++i) {
      // A column of one value may stand past the last bit: its code is 0.
      const Key term = shift < 8 * sizeof(Key) ? static_cast<Key>(codes[i]) << shift : Key{0};
      keys[i] = Sign > 0 ? keys[i] + term : keys[i] - term;
    }
  }

  // Well mixed, to pick places by.
  static std::uint64_t hash(std::uint64_t key) { return mixed(key); }
  static std::uint64_t hash(Uint128 key) {
    return mixed(static_cast<std::uint64_t>(key) ^
                 std::rotl(static_cast<std::uint64_t>(key >> 64) * odd, 31));
  }

 private:
  enum class Width { packed64, packed128, mixed128 };
  static constexpr std::uint64_t odd = 0x9E3779B97F4A7C15U;

  std::span<const CodeColumn> columns_;
  std::vector<unsigned> shifts_;
  Width width_;
};

}  // namespace parcours::microdata
