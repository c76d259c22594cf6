#include "vocabulary/check_digits.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>

#include "base/letters.h"

namespace parcours::vocabulary {

bool luhn_fits(std::string_view digits) {
  int sum = 0;
  bool twice = false;
  for (auto at = digits.rbegin(); at != digits.rend(); ++at, twice = !twice) {
    const int digit = (*at - '0') * (twice ? 2 : 1);
    sum += digit > 9 ? digit - 9 : digit;
  }
  return sum % 10 == 0;
}

bool gtin_fits(std::string_view digits) {
  int sum = 0;
  bool thrice = false;
  for (auto at = digits.rbegin(); at != digits.rend(); ++at, thrice = !thrice) {
    sum += (*at - '0') * (thrice ? 3 : 1);
  }
  return sum % 10 == 0;
}

bool verhoeff_fits(std::string_view digits) {
  constexpr std::array<std::array<int, 10>, 10> product = {{{0, 1, 2, 3, 4, 5, 6, 7, 8, 9},
                                                            {1, 2, 3, 4, 0, 6, 7, 8, 9, 5},
                                                            {2, 3, 4, 0, 1, 7, 8, 9, 5, 6},
                                                            {3, 4, 0, 1, 2, 8, 9, 5, 6, 7},
                                                            {4, 0, 1, 2, 3, 9, 5, 6, 7, 8},
                                                            {5, 9, 8, 7, 6, 0, 4, 3, 2, 1},
                                                            {6, 5, 9, 8, 7, 1, 0, 4, 3, 2},
                                                            {7, 6, 5, 9, 8, 2, 1, 0, 4, 3},
                                                            {8, 7, 6, 5, 9, 3, 2, 1, 0, 4},
                                                            {9, 8, 7, 6, 5, 4, 3, 2, 1, 0}}};
  constexpr std::array<int, 10> step = {1, 5, 7, 6, 2, 8, 3, 0, 9, 4};
  int sum = 0;
  std::size_t place = 0;
  for (auto at = digits.rbegin(); at != digits.rend(); ++at, ++place) {
    int digit = *at - '0';
    for (std::size_t i = 0; i < place % 8; ++i) {
      digit = step[static_cast<std::size_t>(digit)];
    }
    sum = product[static_cast<std::size_t>(sum)][static_cast<std::size_t>(digit)];
  }
  return sum == 0;
}

bool nir_fits(std::string_view text) {
  constexpr std::size_t length = 15;
  constexpr std::size_t department = 5;
  if (text.size() != length) {
    return false;
  }
  std::string digits(text);
  if (const std::string_view corsica = text.substr(department, 2); corsica == "2A") {
    digits.replace(department, 2, "19");
  } else if (corsica == "2B") {
    digits.replace(department, 2, "18");
  }
  std::uint64_t number = 0;
  std::uint64_t key = 0;
  for (std::size_t i = 0; i < length; ++i) {
    if (!is_digit(digits[i])) {
      return false;
    }
    std::uint64_t& part = i < length - 2 ? number : key;
    part = part * 10 + static_cast<std::uint64_t>(digits[i] - '0');
  }
  return key == 97 - number % 97;
}

}  // namespace parcours::vocabulary
