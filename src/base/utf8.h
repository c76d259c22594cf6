// Tells whether a text is UTF-8 and where its characters end, and what to show of a text that is
// not.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace parcours {

// What to do about a file that is not.
inline constexpr const char* utf8_hint =
    "convert it to UTF-8; from Latin-1: iconv -f latin1 -t utf8 FILE > NEW";

// As the standard has it: no overlong forms, no surrogates, nothing past U+10FFFF. NUL is a
// character like any other here.
bool valid_utf8(std::string_view text);

// How many bytes the first character of the text has; 0 where none begins there.
std::size_t first_character(std::string_view text);

// The same text where it is; else each byte that is part of no character becomes U+FFFD. For what
// is shown: a file may be called by any bytes.
std::string as_utf8(std::string_view text);

}  // namespace parcours
