// A column's codes in as few bytes as they need: the fewer, the more of them the cache holds and
// the more of them one instruction compares. For this module's own use.
#pragma once

#include <cstdint>
#include <limits>
#include <span>
#include <variant>
#include <vector>

namespace parcours::microdata {

using NarrowCodes =
    std::variant<std::vector<std::uint8_t>, std::vector<std::uint16_t>, std::vector<std::uint32_t>>;

// Those of the records, in that order; every code is below `values`.
inline NarrowCodes narrow_codes(std::span<const std::uint32_t> codes, std::uint32_t values,
                                std::span<const std::uint32_t> records) {
  const auto gathered = [&]<class Code>(Code) {
    std::vector<Code> result;
    result.reserve(records.size());
    for (const std::uint32_t record : records) {
      result.push_back(static_cast<Code>(codes[record]));
    }
    return result;
  };
  if (values <= 1 + std::numeric_limits<std::uint8_t>::max()) {
    return gathered(std::uint8_t{});
  }
  if (values <= 1 + std::numeric_limits<std::uint16_t>::max()) {
    return gathered(std::uint16_t{});
  }
  return gathered(std::uint32_t{});
}

}  // namespace parcours::microdata
