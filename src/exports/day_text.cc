#include "exports/day_text.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "base/letters.h"

namespace parcours::exports {
namespace {

std::optional<Day> numbered_day(std::string_view text) {
  Day day;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), day.number);
  if (error != std::errc() || end != text.data() + text.size()) {
    return std::nullopt;
  }
  return day;
}

}  // namespace

std::optional<Day> iso_day(std::string_view text) {
  if (text.size() > 10 && (text[10] == ' ' || text[10] == 'T')) {
    text = text.substr(0, 10);
  }
  return parse_iso_day(text);
}

DayForm day_form(std::string_view type) {
  if (type == "DATE" || type.starts_with("TIMESTAMP")) {
    return DayForm::date;
  }
  return type.ends_with("INT") || type == "INTEGER" ? DayForm::number : DayForm::text;
}

bool stands_for_no_day(std::string_view text) {
  std::array<char, 8> digits{};
  std::size_t read = 0;
  for (const char c : without_time(trimmed(text))) {
    if (is_digit(c) && read < digits.size()) {
      digits[read++] = c;
    } else if (c != '-' && c != '/' && c != '.') {
      return false;
    }
  }
  return read == digits.size() &&
         std::ranges::find(digits_of_no_day, std::string_view(digits.data(), read)) !=
             digits_of_no_day.end();
}

bool stands_for_no_day(Day date) {
  static const std::array<std::optional<Day>, dates_of_no_day.size()> days = [] {
    std::array<std::optional<Day>, dates_of_no_day.size()> parsed;
    std::ranges::transform(dates_of_no_day, parsed.begin(), parse_iso_day);
    return parsed;
  }();
  return std::ranges::find(days, date) != days.end();
}

std::optional<Day> DayText::parse(std::string_view text) {
  text = trimmed(text);
  if (!format_.empty()) {
    const std::optional<Day> day = parse_day(text, format_);
    return day ? day : parse_day(without_time(text), format_);
  }
  if (!calendar_) {
    calendar_ = numbered_day(text) ? Calendar::days : Calendar::dates;
  }
  return *calendar_ == Calendar::days ? numbered_day(text) : iso_day(text);
}

}  // namespace parcours::exports
