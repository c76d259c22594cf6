// Dates that systems write where no day is known, in any of the usual forms: 0000-00-00,
// 9999-12-31, 99999999, 01/01/1900, 0001-01-01. Nothing happened on such a day, and whoever has one
// shares it with everybody who has none.
#pragma once

#include <array>
#include <string_view>

#include "base/day.h"

namespace parcours {

bool stands_for_no_day(std::string_view text);
bool stands_for_no_day(Day date);

// The same for SQL: these dates, and their digits with the year, the day or the month first.
inline constexpr std::array<std::string_view, 3> dates_of_no_day = {"9999-12-31", "1900-01-01",
                                                                    "0001-01-01"};
inline constexpr std::array<std::string_view, 9> digits_of_no_day = {
    "00000000", "99999999", "99991231", "31129999", "12319999",
    "19000101", "01011900", "00010101", "01010001"};

}  // namespace parcours
