#include "exercise/age_text.h"

#include <charconv>
#include <cmath>
#include <optional>
#include <string>
#include <vector>

#include "base/letters.h"

namespace parcours::exercise {
namespace {

// The text cut into its numbers and what stands before, between and after them, without spaces and
// words for years.
struct Pieces {
  std::vector<double> numbers;
  std::vector<std::string> between;  // one more than numbers
};

std::string without(std::string text, std::string_view word) {
  for (std::size_t at = text.find(word); at != std::string::npos; at = text.find(word, at)) {
    text.erase(at, word.size());
  }
  return text;
}

Pieces pieces_of(std::string_view text) {
  Pieces pieces{{}, {""}};
  while (!text.empty()) {
    if (!is_digit(text.front())) {
      pieces.between.back() += text.front();
      text.remove_prefix(1);
      continue;
    }
    double number = 0;
    const auto [end, error] =
        std::from_chars(text.data(), text.data() + text.size(), number, std::chars_format::fixed);
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    pieces.numbers.push_back(error == std::errc() ? number : -1);
    pieces.between.emplace_back();
  }
  for (std::string& word : pieces.between) {
    word = lower(word);
    for (const char* years : {"years", "year", "ans", " "}) {
      word = without(std::move(word), years);
    }
  }
  return pieces;
}

bool one_of(std::string_view word, std::initializer_list<std::string_view> words) {
  for (const std::string_view each : words) {
    if (word == each) {
      return true;
    }
  }
  return false;
}

bool one_number(const Pieces& pieces, double years) {
  const std::string& before = pieces.between[0];
  const std::string& after = pieces.between[1];
  const double number = pieces.numbers[0];
  if (before.empty() && after.empty()) {
    return std::floor(number) == years;
  }
  if (after.empty() && one_of(before, {"<", "under", "lessthan", "moinsde"})) {
    return years < number;
  }
  if (after.empty() && one_of(before, {"<=", "≤", "upto"})) {
    return years <= number;
  }
  if (after.empty() && one_of(before, {">", "over", "plusde"})) {
    return years > number;
  }
  const bool from = (before.empty() && one_of(after, {"+", "plus", "andover", "andmore", "etplus",
                                                      "ouplus", "andolder", "orolder"})) ||
                    (after.empty() && one_of(before, {">=", "≥", "from"}));
  return from && years >= number;
}

bool two_numbers(const Pieces& pieces, double years) {
  const std::string& before = pieces.between[0];
  const std::string& after = pieces.between[2];
  if (!one_of(pieces.between[1], {"-", "–", "to", "à", "a", ",", ";", "and", "et", "_"}) ||
      !one_of(before, {"", "(", "[", "]", "from", "de"}) || !one_of(after, {"", ")", "]", "["})) {
    return false;
  }
  const bool interval = one_of(before, {"[", "]"}) || one_of(after, {"]", "["});
  const bool after_first = interval && one_of(before, {"(", "]"});
  const bool before_last = interval && one_of(after, {")", "["});
  return (after_first ? years > pieces.numbers[0] : years >= pieces.numbers[0]) &&
         (before_last ? years < pieces.numbers[1] : years <= pieces.numbers[1]);
}

}  // namespace

bool age_fits(std::string_view text, int years) {
  const Pieces pieces = pieces_of(text);
  if (pieces.numbers.size() == 1) {
    return one_number(pieces, years);
  }
  return pieces.numbers.size() == 2 && two_numbers(pieces, years);
}

}  // namespace parcours::exercise
