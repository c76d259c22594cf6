// A file that would hold events if its days could be read.
//
// Such a file must not be taken for one without days: a figure about it would leave out what an
// attacker knows of time. Where patients have several lines, `risk` refuses it and says how its
// values are written, until the days can be read or the user says that the column is no day. Where
// each patient has one line the column is a field like others, and the answer begins with a doubt.
#pragma once

#include "base/error.h"
#include "base/text.h"
#include "exports/column_guess.h"

namespace parcours::exports {

// The column that is named like the day of the event and whose values are not days, where the file
// has a patient and a code; nullptr: there is none.
const ColumnGuess* unread_day(const FileGuess& guess);

// "20 % of the values of column 'day' are not days, though it is named like one; they look like
// 9999-99-99 (9 is a digit, A a letter)". Without any value.
Text what_is_unread(const ColumnGuess& column);

// An error that says it where there is such a column and patients have several lines.
Status check_days(const FileGuess& guess);

}  // namespace parcours::exports
