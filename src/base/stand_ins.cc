#include "base/stand_ins.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>
#include <optional>
#include <string>

#include "base/missing.h"

namespace parcours {
namespace {

// "-9" of "-9.0"
std::string_view without_zero_decimals(std::string_view text) {
  const std::size_t mark = text.find_first_of(".,");
  const bool zeros = mark != std::string_view::npos && mark + 1 < text.size() &&
                     text.find_first_not_of('0', mark + 1) == std::string_view::npos;
  return zeros ? text.substr(0, mark) : text;
}

std::optional<double> number_of(std::string_view text) {
  std::string plain(text);
  if (const std::size_t mark = plain.find(','); mark != std::string::npos) {
    plain[mark] = '.';
  }
  double value = 0;
  const auto [end, error] = std::from_chars(plain.data(), plain.data() + plain.size(), value);
  const bool whole = error == std::errc() && end == plain.data() + plain.size();
  return whole && std::isfinite(value) ? std::optional(value) : std::nullopt;
}

bool all_are(std::string_view text, char digit) {
  return text.find_first_not_of(digit) == std::string_view::npos;
}

// What the numbers of a column are that may not stand for nothing.
struct Others {
  double least = std::numeric_limits<double>::infinity();
  double most = -std::numeric_limits<double>::infinity();
  std::size_t different = 0;

  void note(double value) {
    least = std::min(least, value);
    most = std::max(most, value);
    ++different;
  }
};

}  // namespace

bool is_negative_mark(std::string_view text) {
  constexpr std::size_t longest = 4;
  text = without_zero_decimals(text);
  if (text.size() < 2 || text.size() > longest + 1 || text[0] != '-') {
    return false;
  }
  const std::string_view digits = text.substr(1);
  return all_are(digits, '7') || all_are(digits, '8') || all_are(digits, '9');
}

bool is_nines(std::string_view text) {
  constexpr std::size_t longest = 6;
  text = without_zero_decimals(text);
  return text.size() >= 2 && text.size() <= longest && all_are(text, '9');
}

std::optional<std::int64_t> usual_stand_in(std::string_view text) {
  constexpr std::size_t longest = 6;
  const std::string_view plain = without_zero_decimals(text);
  const bool repeated = plain.size() >= 2 && plain.size() <= longest &&
                        (all_are(plain, '7') || all_are(plain, '8') || all_are(plain, '9'));
  if (!repeated && plain != "0" && plain != "-1" && !is_negative_mark(plain)) {
    return std::nullopt;
  }
  std::int64_t value = 0;
  std::from_chars(plain.data(), plain.data() + plain.size(), value);
  return value;
}

bool is_number(std::string_view text) {
  return number_of(text).has_value();
}

std::vector<std::uint32_t> stand_ins(std::span<const std::string_view> texts) {
  constexpr double far = 3;  // times the span of the others
  Others others;
  std::vector<std::uint32_t> found;  // words at first
  std::vector<std::uint32_t> negative;
  std::vector<std::uint32_t> nines;
  for (std::uint32_t place = 0; place < texts.size(); ++place) {
    const std::string_view text = texts[place];
    if (text.empty()) {
      continue;
    }
    if (is_missing(text)) {
      found.push_back(place);
    } else if (is_negative_mark(text)) {
      negative.push_back(place);
    } else if (is_nines(text)) {
      nines.push_back(place);
    } else if (const std::optional<double> number = number_of(text)) {
      others.note(*number);
    } else {
      return {};
    }
  }
  if (others.different < 2) {
    return {};
  }
  // From the smallest of the nines on: one that lies among the others is one of them.
  std::ranges::stable_sort(nines, {},
                           [&](std::uint32_t place) { return *number_of(texts[place]); });
  for (const std::uint32_t place : nines) {
    const double value = *number_of(texts[place]);
    if (value - others.most > far * (others.most - others.least)) {
      found.push_back(place);
    } else {
      others.note(value);
    }
  }
  if (others.least >= 0) {
    found.insert(found.end(), negative.begin(), negative.end());
  }
  std::ranges::sort(found);
  return found;
}

}  // namespace parcours
