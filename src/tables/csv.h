// A table as tidy CSV. Each line is a cell; each dimension is a column of codes; the last columns
// are the cell's status and figures.
//
//   age,sex,status,patients
//   [6;12),female,published,120
//   [6;12),_T,confidential,
//   ...
//
// status is `published` or `confidential`; a confidential cell has no figures. A table of means
// also has a column `mean`, which is empty if the mean is not published. The total of a dimension
// is `_T` if it is the sum of the categories, `_ANY` if a patient may be counted in several of
// them. Labels are not in the file. A code or a column's name that a spreadsheet would run as a
// formula has a single quote before it (base/csv_text.h); figures never have one.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "base/error.h"
#include "tables/table.h"

namespace parcours::tables {

// Numbers are written so that they are read back as they were. Errors: a dimension or a code that
// the file could not tell apart from others (two of a name, a category called `_T`).
//
// G2: no field that csv() writes begins like a formula of a spreadsheet, but for a number alone.
Result<std::string> csv(const Table& table);

// There are two readers of tables, and they are asked different things. This one reads what csv()
// wrote: a table whole, every cell of it, or an error; so what leaves can be read back and
// compared, and the attacks number cells by their places. audit/published_table.h reads what
// anybody wrote: it guesses columns and totals, says what it guessed, and knows each value only as
// a range. Both split lines by base/csv.h, and call totals and status by the words of table.h.
//
// A table from such a file, as anybody may have made it: the columns in any order, the cells in any
// order, every combination of codes and totals once. Categories stand in the order in which they
// first appear; labels are empty, the id is the file's name. Errors name the file and the line.
//
// G1: what csv() wrote is read as the same table, but for its title and labels.
Result<Table> read_table(const std::filesystem::path& file);
Result<Table> parse_table(std::string text, const std::filesystem::path& file);

}  // namespace parcours::tables
