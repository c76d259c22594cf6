// Why an item of a source was refused or left out, in both languages: reasons.csv has all reasons
// of all forms of source, one a line. In the program a reason is its English text.
//
//   said("no day in column 'date'").fr     "sans jour (colonne 'date')"
//
// A {} of the list stands for a number. A new reason needs a line: practice/reasons_test.cc looks
// for every reason in the sources.
#pragma once

#include <string_view>

#include "base/text.h"

namespace parcours::ingest {

// Of a day and of a day of birth, where a source writes one of base/no_day.h.
inline constexpr std::string_view stand_in_reason = "a date that stands for no day";
inline constexpr std::string_view birth_stand_in_reason = "a date that stands for no date of birth";

// The English text in both, where the list does not have it.
Text said(std::string_view reason);

}  // namespace parcours::ingest
