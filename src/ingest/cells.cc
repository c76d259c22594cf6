#include "ingest/cells.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstring>

namespace parcours::ingest {
namespace {

constexpr int first_year = 1800;
constexpr int last_year = 2199;

constexpr std::int32_t first_day = -62091;  // 1800-01-01
constexpr std::int32_t last_day = 84005;    // 2199-12-31

bool in_reach(Day day) {
  return day.number >= first_day && day.number <= last_day;
}

// Two digits; 100 or more when they are none.
unsigned two_digits(const char* at) {
  const auto tens = static_cast<unsigned>(static_cast<unsigned char>(at[0])) - '0';
  const auto ones = static_cast<unsigned>(static_cast<unsigned char>(at[1])) - '0';
  return tens > 9 || ones > 9 ? 1000 : tens * 10 + ones;
}

// Days from 1970-01-01 to the first of each month, for the years that are in reach.
struct Months {
  std::array<std::array<std::int32_t, 13>, last_year - first_year + 1> first;  // [12]: next year's

  Months() {
    for (int year = first_year; year <= last_year; ++year) {
      for (unsigned month = 0; month < 12; ++month) {
        first[index(year)][month] = day_of(year, month + 1, 1)->number;
      }
      first[index(year)][12] = day_of(year + 1, 1, 1)->number;
    }
  }
  static std::size_t index(int year) { return static_cast<std::size_t>(year - first_year); }
};

}  // namespace

std::optional<Day> fast_iso_day(std::string_view text) {
  static const Months months;
  if (text.size() != iso_day_format.size() + 2 || text[4] != '-' || text[7] != '-') {
    return std::nullopt;
  }
  const unsigned century = two_digits(text.data());
  const unsigned year_in_century = two_digits(text.data() + 2);
  const unsigned month = two_digits(text.data() + 5);
  const unsigned day = two_digits(text.data() + 8);
  if (century > 99 || year_in_century > 99 || month < 1 || month > 12 || day < 1 || day > 31) {
    return std::nullopt;
  }
  const int year = static_cast<int>(century * 100 + year_in_century);
  if (year < first_year || year > last_year) {
    return std::nullopt;
  }
  const auto& firsts = months.first[Months::index(year)];
  const std::int32_t number = firsts[month - 1] + static_cast<std::int32_t>(day) - 1;
  return number < firsts[month] ? std::optional(Day{number}) : std::nullopt;
}

DayCell::DayCell(Calendar calendar, std::string format)
    : calendar_(calendar),
      format_(std::move(format)),
      iso_(format_ == iso_day_format),
      may_have_time_(format_.find_first_of(" T") == std::string::npos) {}

std::optional<Day> DayCell::read(std::string_view text) const {
  if (calendar_ != Calendar::dates) {
    const std::optional<std::int64_t> number = read_whole_number(text);
    if (!number || *number != static_cast<std::int32_t>(*number)) {
      return std::nullopt;
    }
    return Day{static_cast<std::int32_t>(*number)};
  }
  if (const std::optional<Day> day = read_date(text)) {
    return day;
  }
  if (const std::string_view date = without_time(text); may_have_time_ && date != text) {
    return read_date(date);
  }
  return std::nullopt;
}

std::optional<Day> DayCell::read_date(std::string_view text) const {
  if (iso_) {
    return fast_iso_day(text);
  }
  const std::optional<Day> day = parse_day(text, format_);
  return day && in_reach(*day) ? day : std::nullopt;
}

std::optional<std::int64_t> read_whole_number(std::string_view text) {
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) {
    return std::nullopt;
  }
  return number;
}

std::optional<double> read_number(std::string_view text, char decimal) {
  std::array<char, 64> copy;
  if (decimal != '.') {
    if (text.size() > copy.size() || text.find('.') != std::string_view::npos) {
      return std::nullopt;
    }
    std::ranges::replace_copy(text, copy.data(), decimal, '.');
    text = {copy.data(), text.size()};
  }
  double number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size() || !std::isfinite(number)) {
    return std::nullopt;
  }
  return number;
}

}  // namespace parcours::ingest
