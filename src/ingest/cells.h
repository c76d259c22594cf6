// Reads the text of a cell as a day, a number or a code. The texts are already trimmed.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/day.h"
#include "base/letters.h"

namespace parcours::ingest {

// Reads days by a calendar: dates by a format, else whole numbers. A date lies in the years 1800 to
// 2199; a time of day after it ("T09:30:00Z", " 09:30") is dropped, as a day is a day.
class DayCell {
 public:
  DayCell(Calendar calendar, std::string format);
  std::optional<Day> read(std::string_view text) const;

 private:
  std::optional<Day> read_date(std::string_view text) const;

  Calendar calendar_;
  std::string format_;
  bool iso_;
  bool may_have_time_;
};

// "%Y-%m-%d" alone, at the speed that a large file needs; the same days as parse_iso_day.
std::optional<Day> fast_iso_day(std::string_view text);

std::optional<std::int64_t> read_whole_number(std::string_view text);

// A finite number; `decimal` is its point or comma.
std::optional<double> read_number(std::string_view text, char decimal);

}  // namespace parcours::ingest
