#include "synth/check_up.h"

#include <map>
#include <utility>

#include "synth/tables.h"

namespace parcours::synth {
namespace {

// "2 4 11", or "780-1200/12": from 780 to 1200 in steps of 12.
std::vector<int> months_of(const std::string& text) {
  std::vector<int> months;
  if (text.find('-') == std::string::npos) {
    for (const std::string& month : split(text, ' ')) {
      months.push_back(static_cast<int>(number(month)));
    }
    return months;
  }
  const std::vector<std::string> parts = split(text, '/');
  const std::vector<std::string> ends = split(parts.at(0), '-');
  const int step = static_cast<int>(number(parts.at(1)));
  for (int month = static_cast<int>(number(ends.at(0))); month <= number(ends.at(1));
       month += step) {
    months.push_back(month);
  }
  return months;
}

}  // namespace

std::vector<CheckUpAge> check_ups(const Codes& codes, const Seasons& seasons) {
  std::map<std::pair<int, bool>, CheckUpAge> ages;
  for (const vocabulary::TextTable::Row& row : table("checks").rows) {
    const bool year_round = row.fields[4] == "flat";
    for (const int months : months_of(row.fields[2])) {
      CheckUpAge& age = ages[{months, year_round}];
      age.months = months;
      age.year_round = year_round;
      age.due.push_back({codes.number_of(row.fields[0], row.fields[1]), number(row.fields[3]),
                         seasons.number_of(row.fields[4])});
    }
  }
  std::vector<CheckUpAge> ordered;
  for (auto& [key, age] : ages) {
    ordered.push_back(std::move(age));
  }
  return ordered;
}

}  // namespace parcours::synth
