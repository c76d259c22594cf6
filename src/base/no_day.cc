#include "base/no_day.h"

#include <algorithm>
#include <optional>

#include "base/letters.h"

namespace parcours {

bool stands_for_no_day(std::string_view text) {
  std::array<char, 8> digits{};
  std::size_t read = 0;
  for (const char c : without_time(trimmed(text))) {
    if (is_digit(c) && read < digits.size()) {
      digits[read++] = c;
    } else if (c != '-' && c != '/' && c != '.') {
      return false;
    }
  }
  return read == digits.size() &&
         std::ranges::find(digits_of_no_day, std::string_view(digits.data(), read)) !=
             digits_of_no_day.end();
}

bool stands_for_no_day(Day date) {
  static const std::array<std::optional<Day>, dates_of_no_day.size()> days = [] {
    std::array<std::optional<Day>, dates_of_no_day.size()> parsed;
    std::ranges::transform(dates_of_no_day, parsed.begin(), parse_iso_day);
    return parsed;
  }();
  return std::ranges::find(days, date) != days.end();
}

}  // namespace parcours
