// Which of several columns is the code of events, and which their day.
//
//   patient  Activity        DiagnosticArtAstrup   CASE_diagnosis
//   a        CRP             true                  K
//   a        Leucocytes                            K
//   b        CRP                                   L
//
// All three look like codes. Activity is one: every line has it, its values come again, and a
// patient has several. DiagnosticArtAstrup is mostly empty, so nearly all events would be left out.
// CASE_diagnosis says something of the person, since no patient has two of it.
//
// A column's fit is the product of
//   what its name or the form of its values says    1: called like a code; 0.25: any other words
//   the share of the patients' lines that have it
//   whether its values come again                   of a key that no two lines share: less
//   whether it changes within patients              less where it never does
//
// A choice is doubtful where another column fits nearly as well and does not say the same, and
// where nothing but what the values are like speaks for it.
#pragma once

#include <vector>

#include "exports/column_look.h"

namespace parcours::exports {

// The likeliest first; those with no fit at all are not among them.
struct Choice {
  std::vector<Look*> columns;
  bool doubtful = false;

  Look* best() const { return columns.empty() ? nullptr : columns[0]; }
  // What may be meant instead; nullptr where there is nothing.
  const Look* other() const { return columns.size() < 2 ? nullptr : columns[1]; }
};

// Empty where no column is named like a code, an illness, a drug or a kind, or holds such codes.
Choice likely_codes(std::vector<Look>& looks, const Look& patient);

// Of the columns that hold days. `patient` may be nullptr.
Choice likely_days(std::vector<Look>& looks, const Look* patient);

// Whether no value of the column is that of two patients, though values come again or nearly every
// patient has one: a number of the patient's stay, say.
bool is_key_within_patients(const Look& column, const Look& patient);

}  // namespace parcours::exports
