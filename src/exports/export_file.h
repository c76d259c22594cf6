// An export, opened: lines about patients in a CSV file (any usual separator, gzip read as it is)
// or a Parquet file.
//
//   ASSIGN_OR_RETURN(ExportFile file, ExportFile::open("export.csv.gz", 2));
//   ASSIGN_OR_RETURN(const ExportColumn day, file.column("visit_date", "the day"));
//   ASSIGN_OR_RETURN(duck::Stream rows, file.query("SELECT visit_date FROM " + file.source()));
//
// A CSV file is what base/csv.h says it is, its first row the names of its columns unless the
// caller says otherwise (first_line.h); they are all text. A Parquet file's columns are what they
// are. An error where the file is missing, empty, not what its name says, or has no columns or more
// than most_columns; and where the first row, or what a Parquet file calls its columns, looks like
// data (base/header.h).
//
// The path is looked up once. Guessing, counting and every later reading see the bytes that were
// there then, and no column comes from a folder's name.
//
// G1: no line is passed over: one that cannot be read is an error, of query() or of the stream.
// G2: an error names the file, the line and the reason, and never what a line says.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/byte_stream.h"
#include "base/error.h"
#include "duck/duck.h"
#include "exports/first_line.h"

namespace parcours::exports {

struct ExportColumn {
  std::string name;
  std::string type;  // as DuckDB says it: "VARCHAR", "DATE", "INTEGER", ...
};

class ExportFile {
 public:
  static Result<ExportFile> open(const std::filesystem::path& path, int threads,
                                 const FirstLine& first_line = {});

  // What a statement makes of `sources`, the exports that it names, as if it were a file of its
  // own. The path of the first stands for it in errors.
  static Result<ExportFile> of_query(const std::vector<const ExportFile*>& sources,
                                     const std::string& sql, int threads);
  // The same bytes again, in a database of its own; with `in_order` the rows come as they lie
  // there.
  Result<ExportFile> again(int threads, bool in_order) const;

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
  // The bytes of a CSV file, plain or gzip; nothing where this is no CSV file.
  std::optional<ByteStream> csv_bytes() const;
  duck::Connection& connection() { return connection_; }

 private:
  ExportFile(std::filesystem::path path, std::string from, std::vector<InputFile> files,
             bool is_csv, duck::Database database, duck::Connection connection);
  static Result<ExportFile> make(const std::filesystem::path& path, std::string from,
                                 std::vector<InputFile> files, bool is_csv,
                                 const duck::Options& options);
  Status read_columns();
  Status judge_columns();

  std::filesystem::path path_;
  std::string from_;              // the table function that reads it
  std::vector<InputFile> files_;  // what that names, open as long as this lives
  bool is_csv_;
  duck::Database database_;
  duck::Connection connection_;
  std::vector<ExportColumn> columns_;
  bool may_list_columns_ = false;
};

}  // namespace parcours::exports
