// Writes text as a field of a CSV file that people open in a spreadsheet. A spreadsheet runs a
// field that begins with one of = + - @, a tab or a line break as a formula (OWASP, "CSV
// Injection"). We write such text in double quotes, with a single quote before it, which tells the
// spreadsheet that the field is text:
//
//   =1+1      is written   "'=1+1"
//   -5-0      is written   "'-5-0"      (a band of ages below zero, say)
//   -5        stays -5: a number alone is no formula
//   '=1+1     is written   "''=1+1"     (so that reading finds the text that was meant)
//
// G1: csv_unguarded(csv_guarded(text)) == text, for every text; no text that begins like a formula
//     is what csv_guarded() gives.
#pragma once

#include <string>
#include <string_view>

namespace parcours {

// With the single quote, where the text needs one.
std::string csv_guarded(std::string_view text);

// Without it: of a field as it was read from a file that csv_field() wrote.
std::string_view csv_unguarded(std::string_view field);

// The whole field: guarded, and in double quotes where it holds a sign of CSV's own or is empty.
std::string csv_field(std::string_view text);

}  // namespace parcours
