// Days as exports write them: whole numbers, ISO dates, or dates by a format (parse_day's). Spaces
// around and a time after the date are dropped. Where there is no format, the first day read
// decides whether they are numbers or ISO dates; a file that mixes them is refused by the reader.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/day.h"

namespace parcours::exports {

// What a column of that type (as DuckDB names it) holds.
enum class DayForm { date, number, text };
DayForm day_form(std::string_view type);

// The hint of an error for days that cannot be read.
inline constexpr const char* day_hint =
    "days are whole numbers, dates like 2023-03-06, or all months like 2023-03; --day-format %d/%m/%Y tells another form";

// "2023-03-06", whatever comes after it and a space or a T.
std::optional<Day> iso_day(std::string_view text);

class DayText {
 public:
  explicit DayText(std::string format) : format_(std::move(format)) {}

  // Nothing when `text` is no day, or not one of the calendar that the days before it had.
  std::optional<Day> parse(std::string_view text);
  Calendar calendar() const { return calendar_.value_or(Calendar::dates); }

 private:
  std::string format_;
  std::optional<Calendar> calendar_;
};

}  // namespace parcours::exports
