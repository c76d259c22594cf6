// Finds the records that are like a target: it compares every record, column by column, some
// thousand at a time, so that the compiler compares many codes by one instruction. For the use of
// the attacks.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <span>
#include <variant>
#include <vector>

#include "microdata/code_column.h"
#include "microdata/narrow_codes.h"

namespace parcours::microdata {

// Codes from `least` to `most`.
struct CodeRange {
  std::size_t column;
  std::uint32_t least;
  std::uint32_t most;
};

class Scan {
 public:
  // The records of `columns` that are looked through, in that order: their numbers here are places
  // in `records`.
  Scan(std::span<const CodeColumn> columns, std::span<const std::uint32_t> records)
      : records_(records.size()) {
    for (const CodeColumn& column : columns) {
      columns_.push_back(narrow_codes(column.codes, column.values, records));
      values_.push_back(column.values);
    }
  }

  std::size_t records() const { return records_; }

  // Those that agree with the target in the most columns; at most 255 columns. A target's code that
  // is no record's agrees with none.
  std::vector<std::uint32_t> nearest(std::span<const std::uint32_t> target) const {
    std::vector<std::uint32_t> found;
    std::uint8_t most = 0;
    std::array<std::uint8_t, block> agree;
    for (std::size_t begin = 0; begin < records_; begin += block) {
      const std::size_t count = std::min(block, records_ - begin);
      agree.fill(0);
      for (std::size_t i = 0; i < columns_.size(); ++i) {
        if (target[i] < values_[i]) {
          std::visit([&](const auto& codes) { add_equal(codes, begin, count, target[i], agree); },
                     columns_[i]);
        }
      }
      const std::uint8_t best = *std::max_element(agree.begin(), agree.begin() + count);
      if (best < most) {
        continue;
      }
      if (best > most) {
        found.clear();
        most = best;
      }
      for (std::size_t i = 0; i < count; ++i) {
        if (agree[i] == most) {
          found.push_back(static_cast<std::uint32_t>(begin + i));
        }
      }
    }
    return found;
  }

  // How many lie in all the ranges.
  std::uint64_t count(std::span<const CodeRange> ranges) const {
    std::uint64_t total = 0;
    std::array<std::uint8_t, block> in;
    for (std::size_t begin = 0; begin < records_; begin += block) {
      const std::size_t count = std::min(block, records_ - begin);
      in.fill(1);
      for (const CodeRange& range : ranges) {
        std::visit([&](const auto& codes) { keep_within(codes, begin, count, range, in); },
                   columns_[range.column]);
      }
      std::uint32_t sum = 0;
      for (std::size_t i = 0; i < count; ++i) {
        sum += in[i];
      }
      total += sum;
    }
    return total;
  }

 private:
  static constexpr std::size_t block = 2048;

  template <class Code>
  static void add_equal(const std::vector<Code>& codes, std::size_t begin, std::size_t count,
                        std::uint32_t target, std::array<std::uint8_t, block>& agree) {
    const Code* at = codes.data() + begin;
    const auto wanted = static_cast<Code>(target);
    for (std::size_t i = 0; i < count; ++i) {
      agree[i] = static_cast<std::uint8_t>(agree[i] + (at[i] == wanted ? 1 : 0));
    }
  }

  template <class Code>
  static void keep_within(const std::vector<Code>& codes, std::size_t begin, std::size_t count,
                          const CodeRange& range, std::array<std::uint8_t, block>& in) {
    const Code* at = codes.data() + begin;
    const auto least = static_cast<Code>(range.least);
    const auto span = static_cast<Code>(range.most - range.least);
    for (std::size_t i = 0; i < count; ++i) {
      in[i] = static_cast<std::uint8_t>(in[i] & (static_cast<Code>(at[i] - least) <= span ? 1 : 0));
    }
  }

  std::size_t records_;
  std::vector<NarrowCodes> columns_;
  std::vector<std::uint32_t> values_;
};

}  // namespace parcours::microdata
