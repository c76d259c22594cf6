#include "audit/apparent_base.h"

#include <numeric>

namespace parcours::audit {
namespace {

constexpr std::size_t fewest_values = 6;
constexpr std::int64_t smallest_base = 3;

}  // namespace

std::optional<std::int64_t> apparent_base(std::span<const Decimal> values) {
  std::int64_t base = 0;
  std::size_t count = 0;
  for (const Decimal& value : values) {
    if (value.decimals > 0) {
      return std::nullopt;
    }
    base = std::gcd(base, value.digits);
    count += value.digits != 0 ? 1 : 0;
  }
  return count >= fewest_values && base >= smallest_base ? std::optional(base) : std::nullopt;
}

}  // namespace parcours::audit
