// A number as it is printed: its digits, and how many of them stand after the decimal mark.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace parcours::audit {

struct Decimal {
  std::int64_t digits = 0;  // the number without its mark: -125 of "-1.25"
  int decimals = 0;         // digits after the mark: 2
  friend bool operator==(const Decimal&, const Decimal&) = default;
};

// "1234", "-0.5", "1,234" and "1 234" (groups of three; the other of . and , where one is the
// mark). At most 15 digits, so that sums of a million stay exact. Nothing where it is no number.
std::optional<Decimal> parse_decimal(std::string_view text, char mark);

// digits * 10^(decimals - number.decimals), for decimals >= number.decimals; nothing when that is
// too large.
std::optional<std::int64_t> scaled(const Decimal& number, int decimals);

// 1234567 at 2 decimals is "12,345.67".
std::string decimal_text(std::int64_t digits, int decimals);

}  // namespace parcours::audit
