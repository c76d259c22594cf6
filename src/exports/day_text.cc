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
