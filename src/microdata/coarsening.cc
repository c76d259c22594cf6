#include "microdata/coarsening.h"

#include <algorithm>
#include <cctype>
#include <cmath>
#include <limits>
#include <optional>
#include <string>

#include "base/day.h"
#include "microdata/order.h"

namespace parcours::microdata {
namespace {

bool is_digit(char c) {
  return std::isdigit(static_cast<unsigned char>(c)) != 0;
}

bool is_iso_date(std::string_view text) {
  return text.size() >= 10 && parse_iso_day(text.substr(0, 10)) &&
         (text.size() == 10 || text[10] == ' ' || text[10] == 'T');
}

// The texts but the missing one.
std::vector<std::string_view> texts_of(const Dictionary& dictionary) {
  std::vector<std::string_view> texts;
  for (std::uint32_t code = 0; code < dictionary.size(); ++code) {
    if (!dictionary.reveal(code).empty()) {
      texts.push_back(dictionary.reveal(code));
    }
  }
  return texts;
}

bool all_codes(const std::vector<std::string_view>& texts) {
  constexpr std::string_view marks = ".-/_";
  const auto in_codes = [&](char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || marks.find(c) != marks.npos;
  };
  return std::ranges::all_of(texts, [&](std::string_view text) {
    return std::ranges::any_of(text, is_digit) && std::ranges::all_of(text, in_codes);
  });
}

// The narrowest of the widths 1, 2, 5, 10, 20, ... (and 0.5, 0.2, 0.1, ...) that makes at most so
// many bands of `span`.
double round_width(double span, int bands) {
  const double least = span / bands;
  const double tens = std::pow(10, std::floor(std::log10(least)));
  for (const double times : {1.0, 2.0, 5.0}) {
    if (times * tens >= least * (1 - 1e-9)) {
      return times * tens;
    }
  }
  return 10 * tens;
}

std::vector<Coarsening> bands_for(const Dictionary& dictionary) {
  double least = std::numeric_limits<double>::infinity();
  double most = -least;
  for (const auto& number : numbers_of(dictionary)) {
    least = std::min(least, number.value_or(least));
    most = std::max(most, number.value_or(most));
  }
  std::vector<Coarsening> result;
  if (most > least) {
    for (const int bands : {20, 10, 5}) {
      const double width = round_width(most - least, bands);
      if (width > 0 && std::isfinite(width)) {
        result.push_back({.kind = Coarsening::Kind::bands, .width = width});
      }
    }
  }
  return result;
}

// What the coarse value is told from others by.
std::string coarse_text(std::string_view text, std::optional<double> number,
                        const Coarsening& coarsening) {
  switch (coarsening.kind) {
    case Coarsening::Kind::bands:
      return number ? std::to_string(std::floor(*number / coarsening.width)) : std::string(text);
    case Coarsening::Kind::prefix:
      return std::string(text.substr(0, coarsening.letters));
    case Coarsening::Kind::months:
      return std::string(is_iso_date(text) ? text.substr(0, 7) : text);
    case Coarsening::Kind::years:
      return std::string(is_iso_date(text) ? text.substr(0, 4) : text);
  }
  return std::string(text);
}

}  // namespace

std::vector<Coarsening> coarsenings_for(const Dictionary& dictionary, bool names) {
  using Kind = Coarsening::Kind;
  const std::vector<std::string_view> texts = texts_of(dictionary);
  if (texts.empty()) {
    return {};
  }
  std::vector<Coarsening> tries;
  const bool numbers = order_of(dictionary).has_value();
  const auto [shortest, longest] = std::ranges::minmax(texts, {}, &std::string_view::size);
  if (std::ranges::all_of(texts, is_iso_date)) {
    tries = {{.kind = Kind::months}, {.kind = Kind::years}};
  } else {
    const std::size_t postal_code = names ? 4 : 5;  // years have four digits as well
    const bool one_length = shortest.size() == longest.size();
    const bool codes =
        all_codes(texts) && (!numbers || (one_length && longest.size() >= postal_code));
    for (std::size_t letters = std::min<std::size_t>(4, longest.size() - 1); codes && letters > 0;
         --letters) {
      tries.push_back({.kind = Kind::prefix, .letters = letters});
    }
    if (numbers && !names) {
      const auto bands = bands_for(dictionary);
      tries.insert(tries.end(), bands.begin(), bands.end());
    }
  }
  std::vector<Coarsening> result;
  std::uint32_t values = dictionary.size();
  const std::uint32_t least_values = dictionary.missing() ? 2 : 1;
  for (const Coarsening& one : tries) {
    const std::uint32_t coarse = coarsen(dictionary, one).values;
    // A shorter prefix that keeps as many values apart is the same with less to read.
    if (one.kind == Kind::prefix && coarse == values && !result.empty()) {
      result.back() = one;
    } else if (coarse < dictionary.size() && coarse > least_values &&
               std::ranges::find(result, one) == result.end()) {
      result.push_back(one);
    }
    values = coarse;
  }
  return result;
}

CoarseCodes coarsen(const Dictionary& dictionary, const Coarsening& coarsening) {
  const auto numbers = numbers_of(dictionary);
  Dictionary coarse;
  CoarseCodes result;
  for (std::uint32_t code = 0; code < dictionary.size(); ++code) {
    result.of.push_back(
        coarse.add(coarse_text(dictionary.reveal(code), numbers[code], coarsening)));
  }
  result.values = coarse.size();
  return result;
}

}  // namespace parcours::microdata
