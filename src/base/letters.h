// Letters and digits, ASCII alone: for names and codes that match in either case.
#pragma once

#include <string>
#include <string_view>

namespace parcours {

std::string lower(std::string_view text);

constexpr bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
constexpr bool is_capital(char c) {
  return c >= 'A' && c <= 'Z';
}

}  // namespace parcours
