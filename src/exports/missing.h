// What stands in exports where nothing is known: an empty cell, or one of the usual marks. Spaces
// around do not count, and letters match in either case.
#pragma once

#include <string>
#include <string_view>

namespace parcours {

// Without the spaces and tabs around it.
std::string_view bare(std::string_view text);

// Of a text without spaces around it: empty, NA, N/A, NaN, NULL, None, ?, *, ., -, unknown,
// inconnu. No such text is a day, a number or a sex.
bool is_missing(std::string_view text);

// Of a patient or a code, whose name may be a word: empty, NA, N/A, NaN, NULL, "." alone.
bool names_nothing(std::string_view text);

// The same in SQL, for an expression that is a text: null where it is missing or names nothing,
// else without spaces around.
std::string bare_sql(const std::string& text);
std::string present_sql(const std::string& text);
std::string naming_sql(const std::string& text);

}  // namespace parcours
