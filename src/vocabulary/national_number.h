// The French number of social security (NIR), of which the national health identity (INS) is made:
// 13 characters (sex, year, month, department, place, order), digits but for the departments 2A and
// 2B of Corsica; then maybe a key of two digits (Insee; check_digits.h has the key).
#pragma once

#include <string>
#include <string_view>

namespace parcours::vocabulary {

// The 13 characters of a text that is such a number, spaces aside, with its key or without: both
// are one person's. Empty: it is none. `made_up`: the key may be any, as those of the health
// agency's test identities.
std::string national_number(std::string_view text, bool made_up);

// Whether 13 characters are a number's. `strict`: of a sex, a month and a department that there
// are; else also those that are given to people who were born abroad or whose papers say no month.
bool is_national_number(std::string_view text, bool strict);

}  // namespace parcours::vocabulary
