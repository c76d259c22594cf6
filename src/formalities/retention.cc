#include "formalities/retention.h"

#include <optional>
#include <string>

namespace parcours::formalities {

Day years_before(Day day, int years) {
  const std::string text = to_string(day, Calendar::dates);
  const auto number = [&](std::size_t at) {
    return static_cast<unsigned>((text[at] - '0') * 10 + (text[at + 1] - '0'));
  };
  const std::size_t month = text.size() - 5;
  const int year = year_of(day) - years;
  const std::optional<Day> found = day_of(year, number(month), number(month + 3));
  return found ? *found : *day_of(year, 3, 1);
}

Day oldest_fact(const Retention& retention, bool dated, Day today) {
  return retention.from == RetentionFrom::fact && dated ? years_before(today, retention.years)
                                                        : every_day;
}

}  // namespace parcours::formalities
