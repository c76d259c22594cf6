// What DuckDB says when it fails, as an Error that holds no data.
//
// DuckDB quotes what it stumbles over: the whole line of a CSV file, the text that is no number.
// Here that is a line about a patient. So an error about data is told in our own words, by its
// kind, with the file and the line that DuckDB names; an error about a statement that names no file
// of the user's, or about the machine, is told in DuckDB's first line.
//
//   Invalid Input Error: CSV Error on Line: 17
//   Original Line: 812,2023-01-02,J45,extra        is   export.csv:17: the wrong number of columns
//   Expected Number of Columns: 3 Found: 4
//
// Memory that ran out is told by out_of_memory() of base/memory.h.
//
// G1: nothing that the data says comes into the error, whatever DuckDB quotes.
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
