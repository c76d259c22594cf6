// Makes text safe to show on a terminal. Names of files, columns and codes come from data that we
// do not control, and a terminal takes some characters as commands: to move its cursor, to hide
// text, or to change the direction of reading.
//
//   printable("a\x1b[2Jb\n")   is   a\x1b[2Jb\n    (as these very signs)
//
// It escapes control characters (C0, DEL, C1), the characters that override the direction of text
// (U+202A to U+202E, U+2066 to U+2069), and bytes that are not UTF-8. Escaped text is for people to
// read: a backslash in the data stays as it is, so a program cannot reverse the escaping.
//
// G1: the result is UTF-8 without any of these, except for the line feeds of printable_lines().
#pragma once

#include <string>
#include <string_view>

namespace parcours {

// For one line: line feeds and tabs are escaped as well.
std::string printable(std::string_view text);

// For a text of several lines: line feeds stay.
std::string printable_lines(std::string_view text);

// For JSON that may be shown on a terminal: the same characters, as JSON writes them (\u001b).
// `json` is whole and valid; its line feeds stay, as they stand between values alone.
std::string printable_json(std::string_view json);

// Shows a line or more on standard error. Whether it arrives changes nothing: a closed pipe or a
// full disk there must not end the work.
void note(std::string_view text);

}  // namespace parcours
