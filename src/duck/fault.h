// Turns an error of DuckDB into an Error that holds no data.
//
// DuckDB quotes what it cannot read: the whole line of a CSV file, or the text that is not a
// number. Here that line is about a patient. So we describe an error about data in our own words,
// with the file and the line that DuckDB names. For an error about the machine, or about a
// statement that names no file of the user's, we give the first line of DuckDB's message.
//
//   Invalid Input Error: CSV Error on Line: 17
//   Original Line: 812,2023-01-02,J45,extra        is   export.csv:17: the wrong number of columns
//   Expected Number of Columns: 3 Found: 4
//
// If memory ran out, the error is out_of_memory() of base/memory.h.
//
// G1: the error holds nothing of the data, whatever DuckDB quotes.
// G2: an error about a user's file names that file, and never the descriptor or the statement by
//     which DuckDB came to it.
#pragma once

#include <string>

#include "base/error.h"

namespace parcours::duck {

// `message` is DuckDB's, whose first words name the kind of error; it may be nullptr. `where` is
// the place that the user knows, a file mostly; a line that DuckDB names is added to it.
Error error_of(const char* message, const std::string& where);

// An error of ours (of a Source that cannot go on) as the text that takes it through DuckDB;
// error_of() knows it again.
std::string carried(const Error& error);

}  // namespace parcours::duck
