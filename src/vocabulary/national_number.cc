#include "vocabulary/national_number.h"

#include <optional>

#include "base/letters.h"
#include "vocabulary/check_digits.h"

namespace parcours::vocabulary {
namespace {

std::optional<int> two_of(std::string_view text, std::size_t at) {
  return is_digit(text[at]) && is_digit(text[at + 1])
             ? std::optional((text[at] - '0') * 10 + (text[at + 1] - '0'))
             : std::nullopt;
}

}  // namespace

bool is_national_number(std::string_view text, bool strict) {
  if (text.size() != 13) {
    return false;
  }
  const std::optional<int> month = two_of(text, 3);
  const std::optional<int> department = two_of(text, 5);
  const bool corsica = text[5] == '2' && (text[6] == 'A' || text[6] == 'B');
  const auto digits_but_there = [&] {
    for (std::size_t i = 0; i < text.size(); ++i) {
      if (!is_digit(text[i]) && !(corsica && i == 6)) {
        return false;
      }
    }
    return true;
  };
  if (!digits_but_there() || !month || !(corsica || (department && *department > 0))) {
    return false;
  }
  if (strict) {
    return (text[0] == '1' || text[0] == '2') && *month >= 1 && *month <= 12 &&
           (corsica || *department <= 95 || *department >= 97);
  }
  const bool month_there = (*month >= 1 && *month <= 12) || (*month >= 20 && *month <= 42) ||
                           (*month >= 50 && *month <= 99);
  return std::string_view("123478").contains(text[0]) && month_there;
}

std::string national_number(std::string_view text, bool made_up) {
  constexpr std::size_t longest = 30;  // with a space after each character
  if (text.size() < 13 || text.size() > longest) {
    return "";
  }
  std::string number;
  for (const char c : text) {
    if (c != ' ') {
      number += c == 'a' ? 'A' : c == 'b' ? 'B' : c;
    }
  }
  if (number.size() != 13 && number.size() != 15) {
    return "";
  }
  const std::string without_key = number.substr(0, 13);
  const bool good =
      is_national_number(without_key, false) &&
      (number.size() == 13 || (made_up ? two_of(number, 13).has_value() : nir_fits(number)));
  return good ? without_key : "";
}

}  // namespace parcours::vocabulary
