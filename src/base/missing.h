// What stands in files where nothing is known: an empty cell, or one of the usual marks. Letters
// match in either case; spaces around are the caller's to take away (letters.h).
#pragma once

#include <array>
#include <span>
#include <string_view>

namespace parcours {

// In lower case; those that name nothing come first: a patient or a code may be called "unknown".
inline constexpr std::array<std::string_view, 12> missing_marks = {
    "", "na", "n/a", "nan", "null", ".", "none", "?", "*", "-", "unknown", "inconnu"};
inline constexpr std::span<const std::string_view> marks_naming_nothing =
    std::span(missing_marks).first<6>();

// No such text is a day, a number or a sex.
bool is_missing(std::string_view text);

// Of a patient or a code, whose name may be a word.
bool names_nothing(std::string_view text);

}  // namespace parcours
