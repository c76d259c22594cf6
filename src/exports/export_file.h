// An export, opened: lines about patients in a CSV file (any usual separator, gzip read as it is)
// or a Parquet file.
//
//   ASSIGN_OR_RETURN(ExportFile file, ExportFile::open("export.csv.gz", 2));
//   ASSIGN_OR_RETURN(const ExportColumn day, file.column("visit_date", "the day"));
//   ASSIGN_OR_RETURN(duck::Stream rows, file.query("SELECT visit_date FROM " + file.source()));
//
// A CSV file is what base/csv.h says it is, its first row the names of its columns; they are all
// text. A Parquet file's columns are what they are. An error where the file is missing, empty, not
// what its name says, or has no columns or more than most_columns; and where the first row, or what a
// Parquet file calls its columns, looks like data (base/header.h).
//
// G1: no line is passed over: one that cannot be read is an error, of query() or of the stream.
// G2: an error names the file, the line and the reason, and never what a line says.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "duck/duck.h"

namespace parcours {

struct ExportColumn {
  std::string name;
  std::string type;  // as DuckDB says it: "VARCHAR", "DATE", "INTEGER", ...
};

class ExportFile {
 public:
  static Result<ExportFile> open(const std::filesystem::path& path, int threads);

  // What a statement makes of other exports' sources, as if it were a file of its own; `path` stands for it in errors.
  static Result<ExportFile> of_query(const std::filesystem::path& path, const std::string& sql,
                                     int threads);

  const std::filesystem::path& path() const { return path_; }
  const std::vector<ExportColumn>& columns() const { return columns_; }
  // Whether errors may list them (base/column_names.h).
  bool may_list_columns() const { return may_list_columns_; }

  // The column of that name, in any case of letters where no other has it; `role` goes into the
  // error ("the patient").
  Result<ExportColumn> column(std::string_view name, std::string_view role) const;

  // A statement that asks `source()`, the file as a table in SQL.
  Result<duck::Stream> query(const std::string& sql);
  const std::string& source() const { return from_; }
  duck::Connection& connection() { return connection_; }

 private:
  ExportFile(std::filesystem::path path, std::string from, duck::Database database,
             duck::Connection connection);
  Status read_columns();
  Status judge_columns();

  std::filesystem::path path_;
  std::string from_;  // the table function that reads it
  duck::Database database_;
  duck::Connection connection_;
  std::vector<ExportColumn> columns_;
  bool may_list_columns_ = false;
};

}  // namespace parcours
