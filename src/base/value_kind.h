// The kind of a cell's text (number, date, code...), judged by its form alone. header.h uses it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace parcours {

enum class ValueKind : std::uint8_t {
  missing,  // empty, NA, null, ?, *, -, "<11"
  number,   // 7, -12, 250000; none of the following
  year,     // 1800 to 2100
  digits,   // seven and more of them: a number that names something
  decimal,  // 6.25, 6,25, 12 %
  date,     // 2023-03-06, 06/03/2023, 1/22/20, with a time or without; 2023-03
  email,
  pseudonym,  // 16 and more hexadecimal digits, or a UUID
  code,       // J45, J45.0, R03BA02
  text,
};
inline constexpr std::size_t value_kinds = 10;

ValueKind value_kind(std::string_view text);

// Numbers of any form.
inline bool is_number(ValueKind kind) {
  return kind == ValueKind::number || kind == ValueKind::year || kind == ValueKind::digits ||
         kind == ValueKind::decimal;
}

// A key with its digits gone: "P-0012" and "P-7" are both "P-9". Empty for a text without a digit.
std::string key_form(std::string_view text);

// Letters as capitals or small, runs of each as one: "DUPONT" and "MARTIN" are both "A", "Le Mans"
// is "Aa Aa". Empty for a text in small letters alone, which says nothing.
std::string letter_form(std::string_view text);

}  // namespace parcours
