// A day, as a number. It has no time of day and no time zone.
//
// In a vault of dates, the number counts days since 1970-01-01 (the proleptic Gregorian calendar).
// In a vault of relative days, it counts days since the patient's own day 0. In a vault of ordered
// events, it only says which event came first. `Calendar` says which of the three applies.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace parcours {

enum class Calendar : std::uint8_t { dates, days, order };

struct Day {
  std::int32_t number = 0;

  friend auto operator<=>(Day, Day) = default;
  friend Day operator+(Day day, std::int32_t days) { return {day.number + days}; }
  friend std::int32_t operator-(Day a, Day b) { return a.number - b.number; }
};

// How exactly days are known. A day that is known less well stands for its whole period: the weeks
// of ISO 8601 (Monday to Sunday), the months, the quarters, the years.
enum class Precision : std::uint8_t { days, weeks, months, quarters, years };

// The first and the last day of the period that a day lies in.
Day first_day(Day day, Precision precision);
Day last_day(Day day, Precision precision);

// Nothing when there is no such day: day_of(2023, 2, 29).
std::optional<Day> day_of(int year, unsigned month, unsigned day);

// "2023-03-06"; nothing else is read as a day.
std::optional<Day> parse_iso_day(std::string_view text);

// Reads `text` by a format of %Y (four digits), %y (two digits: 00 to 68 are 2000 to 2068), %m, %d
// (one or two digits), %b (JAN to DEC), %H, %M, %S (a time of day, passed over), %G and %V (the
// year and the week of ISO 8601), %q (a quarter, 1 to 4) and literal characters. Everything must
// match. Of a period the first day comes out.
std::optional<Day> parse_day(std::string_view text, std::string_view format);

// %d, one of %m, %b and one of %Y, %y, each once; %H, %M, %S; else literal characters.
bool is_day_format(std::string_view format);
inline constexpr std::string_view iso_day_format = "%Y-%m-%d";
inline constexpr const char* day_format_hint =
    "write %Y or %y, %m and %d, each once, as in \"%d/%m/%Y\"; a time of day (%H:%M or %H:%M:%S) "
    "is ignored";

// The same, and what says a period alone: "%Y-%m" months, "%Y-Q%q" quarters, "%Y" years, "%G-W%V"
// and
// "%GW%V" weeks. Nothing for what says neither.
std::optional<Precision> precision_of(std::string_view format);
inline constexpr const char* period_format_hint =
    "write %Y or %y, %m and %d, each once, as in \"%d/%m/%Y\"; a time of day (%H:%M or %H:%M:%S) "
    "is ignored. Of periods: \"%Y-%m\" months, \"%Y-Q%q\" quarters, \"%Y\" years, \"%G-W%V\" "
    "weeks";

// What stands before a time of day, all of `text` where it ends in none: "18/05/2022" of
// "18/05/2022 20:43", "18/05/2022T20:43:10Z" and "18/05/2022 8:43 PM".
std::string_view without_time(std::string_view text);

// By the clock, in UTC.
Day today();

// The moment: "2026-11-23T20:18:00Z".
std::string utc_now();
// The day of such a moment; nothing where its text begins with none.
std::optional<Day> day_of_moment(std::string_view moment);

// The year of a day in a vault of dates.
int year_of(Day day);

// "2023-03-06" for dates, "day 412" for relative days, "412" for an order.
std::string to_string(Day day, Calendar calendar);

}  // namespace parcours
