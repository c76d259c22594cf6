#include "ingest/written_day.h"

#include <algorithm>
#include <charconv>

#include "base/letters.h"

namespace parcours::ingest {
namespace {

constexpr int first_written_year = 1800;
constexpr int last_written_year = 2199;

std::optional<int> number(std::string_view text, std::size_t from, std::size_t length) {
  int value = 0;
  for (const char c : text.substr(from, length)) {
    if (!is_digit(c)) {
      return std::nullopt;
    }
    value = value * 10 + (c - '0');
  }
  return value;
}

// "T10:30:00Z", "T10:30:00.000+02:00", " 10:30:00", "1030", "103000.123+0200".
bool is_time(std::string_view text) {
  return text.size() >= 2 && std::ranges::all_of(text, [](char c) {
           return is_digit(c) || std::string_view(":.+-TZ ").contains(c);
         });
}

}  // namespace

std::optional<WrittenDay> read_written_day(std::string_view text) {
  const bool hyphens = text.size() > 4 && text[4] == '-';
  const std::size_t month_at = hyphens ? 5 : 4;
  const std::size_t day_at = hyphens ? 8 : 6;
  if (text.size() < 4) {
    return std::nullopt;
  }
  const std::optional<int> year = number(text, 0, 4);
  if (!year || *year < first_written_year || *year > last_written_year) {
    return std::nullopt;
  }
  if (text.size() == 4) {
    return WrittenDay{*day_of(*year, 1, 1), Precision::years};
  }
  if (text.size() < month_at + 2) {
    return std::nullopt;
  }
  const std::optional<int> month = number(text, month_at, 2);
  if (!month || *month < 1 || *month > 12) {
    return std::nullopt;
  }
  if (text.size() == month_at + 2) {
    return WrittenDay{*day_of(*year, static_cast<unsigned>(*month), 1), Precision::months};
  }
  if (text.size() < day_at + 2 || (hyphens && text[7] != '-')) {
    return std::nullopt;
  }
  const std::optional<int> day = number(text, day_at, 2);
  const std::string_view time = text.substr(day_at + 2);
  if (!day || !(time.empty() || is_time(time)) ||
      (hyphens && !time.empty() && time[0] != 'T' && time[0] != ' ')) {
    return std::nullopt;
  }
  const std::optional<Day> whole =
      day_of(*year, static_cast<unsigned>(*month), static_cast<unsigned>(*day));
  return whole ? std::optional(WrittenDay{*whole, Precision::days}) : std::nullopt;
}

}  // namespace parcours::ingest
