// Letters and digits, ASCII alone: for names and codes that match in either case.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace parcours {

std::string lower(std::string_view text);

// What stands between spaces.
std::vector<std::string> words(std::string_view text);

// Without the spaces and tabs around it.
inline std::string_view trimmed(std::string_view text) {
  const auto blank = [](char c) { return c == ' ' || c == '\t'; };
  while (!text.empty() && blank(text.front())) {
    text.remove_prefix(1);
  }
  while (!text.empty() && blank(text.back())) {
    text.remove_suffix(1);
  }
  return text;
}

constexpr bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
constexpr bool is_capital(char c) {
  return c >= 'A' && c <= 'Z';
}

}  // namespace parcours
