#include "base/day.h"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <chrono>

#include "base/letters.h"

namespace parcours {
namespace {

namespace chrono = std::chrono;

// Takes up to `most` digits off the front of `text`; -1 when there are fewer than `least`.
int take_number(std::string_view& text, std::size_t least, std::size_t most) {
  int number = 0;
  std::size_t digits = 0;
  while (digits < most && digits < text.size() && text[digits] >= '0' && text[digits] <= '9') {
    number = number * 10 + (text[digits] - '0');
    ++digits;
  }
  text.remove_prefix(digits);
  return digits < least ? -1 : number;
}

constexpr std::int32_t days_a_week = 7;

std::int32_t monday_of(std::int32_t day) {
  constexpr std::int32_t monday = 4;  // 1970-01-05
  const std::int32_t since = (day - monday) % days_a_week;
  return day - (since < 0 ? since + days_a_week : since);
}

// The Monday of a week of ISO 8601: week 1 holds the 4th of January.
std::optional<Day> first_of_week(int year, int week) {
  const std::optional<Day> fourth = day_of(year, 1, 4);
  if (!fourth || week < 1) {
    return std::nullopt;
  }
  const Day monday{monday_of(fourth->number) + days_a_week * (week - 1)};
  return year_of(monday + 3) == year ? std::optional(monday) : std::nullopt;  // by its Thursday
}

// JAN to DEC, in any case of letters; -1 where there is none.
int take_month_name(std::string_view& text) {
  constexpr std::size_t length = 3;
  static constexpr std::string_view names = "janfebmaraprmayjunjulaugsepoctnovdec";
  const std::size_t at = names.find(lower(text.substr(0, length)));
  if (text.size() < length || at == std::string_view::npos || at % length != 0) {
    return -1;
  }
  text.remove_prefix(length);
  return static_cast<int>(at / length) + 1;
}

}  // namespace

Day first_day(Day day, Precision precision) {
  if (precision == Precision::days) {
    return day;
  }
  if (precision == Precision::weeks) {
    return {monday_of(day.number)};
  }
  const chrono::year_month_day date{chrono::sys_days(chrono::days(day.number))};
  constexpr unsigned months_a_quarter = 3;
  const auto month = static_cast<unsigned>(date.month());
  const unsigned first = precision == Precision::months ? month
                         : precision == Precision::quarters
                             ? (month - 1) / months_a_quarter * months_a_quarter + 1
                             : 1;
  return *day_of(static_cast<int>(date.year()), first, 1);
}

Day last_day(Day day, Precision precision) {
  constexpr std::int32_t into_the_next = 31;
  constexpr std::int32_t into_the_next_quarter = 92;
  const Day first = first_day(day, precision);
  switch (precision) {
    case Precision::days:
      return day;
    case Precision::weeks:
      return first + (days_a_week - 1);
    case Precision::months:
      return first_day(first + into_the_next, precision) + -1;
    case Precision::quarters:
      return first_day(first + into_the_next_quarter, precision) + -1;
    case Precision::years:
      break;
  }
  return *day_of(year_of(first), 12, 31);
}

std::optional<Day> day_of(int year, unsigned month, unsigned day) {
  const chrono::year_month_day date{chrono::year(year), chrono::month(month), chrono::day(day)};
  if (!date.ok()) {
    return std::nullopt;
  }
  return Day{static_cast<std::int32_t>(chrono::sys_days(date).time_since_epoch().count())};
}

std::optional<Day> parse_iso_day(std::string_view text) {
  if (text.size() != 10) {
    return std::nullopt;
  }
  return parse_day(text, "%Y-%m-%d");
}

std::optional<Day> parse_day(std::string_view text, std::string_view format) {
  int year = 1970;
  int month = 1;
  int day = 1;
  int time = 0;
  int week = 0;
  for (std::size_t i = 0; i < format.size(); ++i) {
    if (format[i] != '%' || i + 1 == format.size()) {
      if (text.empty() || text.front() != format[i]) {
        return std::nullopt;
      }
      text.remove_prefix(1);
      continue;
    }
    switch (format[++i]) {
      case 'G':
      case 'Y':
        year = take_number(text, 4, 4);
        break;
      case 'V':
        week = take_number(text, 1, 2);
        week = week == 0 ? -1 : week;
        break;
      case 'y':
        year = take_number(text, 2, 2);
        year = year < 0 ? year : year + (year <= 68 ? 2000 : 1900);
        break;
      case 'm':
        month = take_number(text, 1, 2);
        break;
      case 'd':
        day = take_number(text, 1, 2);
        break;
      case 'b':
        month = take_month_name(text);
        break;
      case 'q':
        month = take_number(text, 1, 1);
        month = month >= 1 && month <= 4 ? 3 * month - 2 : -1;
        break;
      case 'H':
      case 'M':
      case 'S':
        time = take_number(text, 1, 2);
        break;
      default:
        return std::nullopt;
    }
    if (year < 0 || month < 0 || day < 0 || time < 0 || week < 0) {
      return std::nullopt;
    }
  }
  if (!text.empty()) {
    return std::nullopt;
  }
  return week > 0 ? first_of_week(year, week)
                  : day_of(year, static_cast<unsigned>(month), static_cast<unsigned>(day));
}

bool is_day_format(std::string_view format) {
  int years = 0;
  int months = 0;
  int days = 0;
  for (std::size_t i = 0; i < format.size(); ++i) {
    if (format[i] != '%') {
      continue;
    }
    const char what = ++i < format.size() ? format[i] : '\0';
    years += what == 'Y' || what == 'y' ? 1 : 0;
    months += what == 'm' || what == 'b' ? 1 : 0;
    days += what == 'd' ? 1 : 0;
    if (std::string_view("YymbdHMS").find(what) == std::string_view::npos) {
      return false;
    }
  }
  return years == 1 && months == 1 && days == 1;
}

std::optional<Precision> precision_of(std::string_view format) {
  if (is_day_format(format)) {
    return Precision::days;
  }
  if (format == "%G-W%V" || format == "%GW%V") {
    return Precision::weeks;
  }
  if (const std::size_t quarter = format.find("%q"); quarter != std::string_view::npos) {
    const std::string of_month = std::string(format).replace(quarter, 2, "%m") + "%d";
    return is_day_format(of_month) && of_month.contains("%Y") ? std::optional(Precision::quarters)
                                                              : std::nullopt;
  }
  const std::string with_day = std::string(format) + "%d";
  if (is_day_format(with_day)) {
    return Precision::months;
  }
  return is_day_format(with_day + "%m") && format.find("%Y") != std::string_view::npos
             ? std::optional(Precision::years)
             : std::nullopt;
}

std::string_view without_time(std::string_view text) {
  constexpr std::size_t shortest_date = 6;  // 1/5/22
  constexpr std::size_t sas_date = 9;       // 05JAN2023:10:20:30
  const bool sas = text.size() > sas_date && text[sas_date] == ':' && text[2] >= 'A';
  const std::size_t end = sas ? sas_date : text.find_first_of(" T", shortest_date);
  if (end == std::string_view::npos) {
    return text;
  }
  std::string_view time = text.substr(end + 1);
  for (const std::string_view half : {"AM", "PM", "am", "pm"}) {
    if (time.ends_with(half)) {
      time.remove_suffix(half.size());
      break;
    }
  }
  const bool is_time = !time.empty() && time.front() >= '0' && time.front() <= '9' &&
                       time.find_first_not_of("0123456789:.,+-Z ") == std::string_view::npos;
  return is_time ? text.substr(0, end) : text;
}

Day today() {
  const auto now = chrono::floor<chrono::days>(chrono::system_clock::now());
  return {static_cast<std::int32_t>(now.time_since_epoch().count())};
}

std::string utc_now() {
  return fmt::format("{:%Y-%m-%dT%H:%M:%SZ}",
                     fmt::gmtime(chrono::system_clock::to_time_t(chrono::system_clock::now())));
}

std::optional<Day> day_of_moment(std::string_view moment) {
  return parse_iso_day(moment.substr(0, 10));
}

int year_of(Day day) {
  const chrono::year_month_day date{chrono::sys_days(chrono::days(day.number))};
  return static_cast<int>(date.year());
}

std::string to_string(Day day, Calendar calendar) {
  switch (calendar) {
    case Calendar::days:
      return fmt::format("day {}", day.number);
    case Calendar::order:
      return fmt::format("{}", day.number);
    case Calendar::dates:
      break;
  }
  const chrono::year_month_day date{chrono::sys_days(chrono::days(day.number))};
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()),
                     static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
}

}  // namespace parcours
