// Eurostat's own tab-separated files, as its bulk download gives them, laid out with a line a
// figure.
//
//   freq,sex,geo\TIME_PERIOD	2022 	2023          freq sex geo TIME_PERIOD OBS_VALUE OBS_FLAG
//   A,F,FR	12 p	: c                               A    F   FR  2022        12        p
//                                                A    F   FR  2023        :         c
//
// All dimensions but one stand in the first column, with commas between them; each other column is
// a category of the last dimension, which the first column's name has behind a backslash. A figure
// is followed by its flags.
#pragma once

#include <string_view>

#include "audit/table_text.h"
#include "base/csv.h"
#include "base/error.h"

namespace parcours::audit {

// By the first line of a file.
bool is_eurostat_tsv(std::string_view first_line);

// Of a file opened with tabs between its columns. Errors: a row that is not well-formed.
Result<TableText> from_eurostat_tsv(CsvFile csv, std::string file);

}  // namespace parcours::audit
