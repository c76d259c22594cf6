// Text that a terminal shows and does not obey. Names of files, columns and codes come from other
// people's data; a terminal takes some of their characters as orders: to move its cursor, to hide
// what it shows, to turn the direction of reading.
//
//   printable("a\x1b[2Jb\n")   is   a\x1b[2Jb\n    (as these very signs)
//
// Escaped are: control characters (C0, DEL, C1), the signs that override the direction of text
// (U+202A to U+202E, U+2066 to U+2069), and bytes that are not UTF-8. Escaped text is for people;
// a backslash of the data stays as it is, so that it is not read back.
//
// G1: what comes out is UTF-8 without any of these, but for the line feeds of printable_lines().
#pragma once

#include <string>
#include <string_view>

namespace parcours {

// For one line: line feeds and tabs are escaped as well.
std::string printable(std::string_view text);

// For a text of several lines: line feeds stay.
std::string printable_lines(std::string_view text);

// For JSON that may be shown on a terminal: the same characters, as JSON writes them (\u001b). `json` is whole and valid; its line
// feeds stay, as they stand between values alone.
std::string printable_json(std::string_view json);

// Shows a line or more on standard error. Whether it arrives changes nothing: a closed pipe or a
// full disk there must not end the work.
void note(std::string_view text);

}  // namespace parcours
