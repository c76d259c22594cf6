#include "audit/decimal.h"

#include <array>

#include "base/letters.h"

namespace parcours::audit {
namespace {

constexpr int most_digits = 15;
constexpr std::int64_t largest = 1'000'000'000'000'000;

// The length of a separator between groups of three digits at the front of `text`; 0 when there is
// none. A space may be a no-break (U+00A0) or a narrow one (U+202F, U+2009).
std::size_t group_separator(std::string_view text, char mark) {
  if (text.starts_with(mark == ',' ? '.' : ',') || text.starts_with(' ') ||
      text.starts_with('\'')) {
    return 1;
  }
  static constexpr std::array<std::string_view, 3> spaces = {"\xC2\xA0", "\xE2\x80\xAF",
                                                             "\xE2\x80\x89"};
  for (const std::string_view space : spaces) {
    if (text.starts_with(space)) {
      return space.size();
    }
  }
  return 0;
}

bool three_digits(std::string_view text) {
  return text.size() >= 3 && is_digit(text[0]) && is_digit(text[1]) && is_digit(text[2]) &&
         (text.size() == 3 || !is_digit(text[3]));
}

// Whole digits in groups, from the front of `text`; what is left of it.
std::optional<std::string_view> take_whole(std::string_view text, char mark, std::string& digits) {
  std::size_t length = 0;
  while (!text.empty() && is_digit(text.front())) {
    digits += text.front();
    text.remove_prefix(1);
    ++length;
  }
  const std::size_t between = group_separator(text, mark);
  if (between == 0) {
    return text;
  }
  if (length == 0 || length > 3) {
    return std::nullopt;
  }
  while (const std::size_t separator = group_separator(text, mark)) {
    if (!three_digits(text.substr(separator))) {
      return std::nullopt;
    }
    digits += text.substr(separator, 3);
    text.remove_prefix(separator + 3);
  }
  return text;
}

}  // namespace

std::optional<Decimal> parse_decimal(std::string_view text, char mark) {
  const bool negative = text.starts_with('-');
  if (negative || text.starts_with('+')) {
    text.remove_prefix(1);
  }
  std::string digits;
  const std::optional<std::string_view> rest = take_whole(text, mark, digits);
  if (!rest || digits.empty()) {
    return std::nullopt;
  }
  std::string_view after = *rest;
  if (!after.empty()) {
    if (after.front() != mark || after.size() == 1) {
      return std::nullopt;
    }
    after.remove_prefix(1);
  }
  for (const char c : after) {
    if (!is_digit(c)) {
      return std::nullopt;
    }
    digits += c;
  }
  const std::size_t first = digits.find_first_not_of('0');
  if (first != std::string::npos && digits.size() - first > most_digits) {
    return std::nullopt;
  }
  Decimal number{0, static_cast<int>(after.size())};
  if (number.decimals > most_digits) {
    return std::nullopt;
  }
  for (const char c : digits) {
    number.digits = number.digits * 10 + (c - '0');
  }
  number.digits = negative ? -number.digits : number.digits;
  return number;
}

std::optional<std::int64_t> scaled(const Decimal& number, int decimals) {
  std::int64_t digits = number.digits;
  for (int p = number.decimals; p < decimals; ++p) {
    if (digits > largest / 10 || digits < -largest / 10) {
      return std::nullopt;
    }
    digits *= 10;
  }
  return digits;
}

std::string decimal_text(std::int64_t digits, int decimals) {
  const bool negative = digits < 0;
  std::string text = std::to_string(digits);
  text.erase(0, negative ? 1 : 0);
  const auto after = static_cast<std::size_t>(decimals);
  if (text.size() <= after) {
    text.insert(0, after + 1 - text.size(), '0');
  }
  const std::string fraction = text.substr(text.size() - after);
  text.resize(text.size() - after);
  for (std::size_t at = text.size(); at > 3;) {
    at -= 3;
    text.insert(at, ",");
  }
  return (negative ? "-" : "") + text + (after > 0 ? "." + fraction : "");
}

}  // namespace parcours::audit
