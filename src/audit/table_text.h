// A table file as its text: columns of words, and the line that each row stands on. The words are
// not interpreted yet.
//
//   ASSIGN_OR_RETURN(const TableText text, read_table_text("deaths.csv.gz", {}));
//   text.columns[0].at(3);     // the word in the fourth row of the first column
//   text.where(3);             // "deaths.csv.gz:5"
//
// CSV (any usual separator, gzip read as it is) and Parquet. The single quote before text that a
// spreadsheet would take for a formula (base/csv_text.h) is not part of a word. A spreadsheet
// (XLSX) is refused with what to do instead: DuckDB's extension for it does not ship inside the
// library.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "base/stop.h"

namespace parcours::audit {

struct TextColumn {
  std::string name;
  std::vector<std::string> words;  // each once, in order of first appearance, without blanks around
  std::vector<std::uint32_t> rows;  // by row: which word

  std::string_view at(std::size_t row) const { return words[rows[row]]; }
};

struct TableText {
  std::string file;  // as errors name it
  std::vector<TextColumn> columns;
  std::vector<std::uint64_t> lines;  // by row; of Parquet the row's number from 1
  bool in_lines = true;              // false: of Parquet
  bool may_list_columns = false;     // in errors (base/column_names.h)

  std::size_t rows() const { return lines.size(); }
  std::string where(std::size_t row) const;  // "file:12"; of Parquet "file, row 12"
  // The place of the column of that name (in any case of letters where no other has it), or an
  // error with the nearest name; `role` goes into it ("the value").
  Result<std::size_t> column(std::string_view name, std::string_view role) const;
};

struct TextOptions {
  char separator = '\0';  // NUL: found from the header
};

// Errors: no such file, a folder, neither CSV nor Parquet, rows that are not well-formed (with
// their line), two columns of a name, no row.
Result<TableText> read_table_text(const std::filesystem::path& path, const TextOptions& options,
                                  const Stop& stop);
// The same of CSV in memory; `file` stands in errors.
Result<TableText> table_text(std::string csv, std::string file, const TextOptions& options);

}  // namespace parcours::audit
