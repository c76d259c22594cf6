#include "microdata/order.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>
#include <numeric>

namespace parcours::microdata {

std::vector<std::optional<double>> numbers_of(const Dictionary& dictionary) {
  std::vector<std::optional<double>> numbers;
  numbers.reserve(dictionary.size());
  for (std::uint32_t code = 0; code < dictionary.size(); ++code) {
    const std::string_view text = dictionary.reveal(code);
    double number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    const bool is_one =
        error == std::errc() && end == text.data() + text.size() && std::isfinite(number);
    numbers.push_back(is_one ? std::optional(number) : std::nullopt);
  }
  return numbers;
}

std::optional<std::vector<std::uint32_t>> order_of(const Dictionary& dictionary) {
  const auto numbers = numbers_of(dictionary);
  const auto missing = dictionary.missing();
  std::vector<double> keys;
  bool any = false;
  for (std::uint32_t code = 0; code < dictionary.size(); ++code) {
    if (!numbers[code] && code != missing) {
      return std::nullopt;
    }
    any = any || numbers[code];
    keys.push_back(numbers[code].value_or(std::numeric_limits<double>::infinity()));
  }
  if (!any) {
    return std::nullopt;
  }
  std::vector<std::uint32_t> codes(dictionary.size());
  std::iota(codes.begin(), codes.end(), 0);
  std::ranges::stable_sort(codes, {}, [&](std::uint32_t code) { return keys[code]; });
  std::vector<std::uint32_t> places(codes.size());
  for (std::uint32_t place = 0; place < codes.size(); ++place) {
    places[codes[place]] = place;
  }
  return places;
}

}  // namespace parcours::microdata
