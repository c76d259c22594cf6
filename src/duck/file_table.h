// Reads a file as a table in SQL, and writes a query's result to a file. DuckDB reads and writes
// files nowhere else.
//
//   ASSIGN_OR_RETURN(InputFile file, InputFile::open("export[1].csv"));
//   const FileTable table = FileTable::csv(file, {.columns = {"day", "code"}, .header_lines = 1});
//   ASSIGN_OR_RETURN(Stream rows, connection.stream("SELECT code FROM " + table.sql(), table));
//
// DuckDB treats a path as a pattern (*, ?, [a-z], {a,b}), takes columns from the names of folders
// (date=2026-03-01/), and accepts only paths in UTF-8. So we never give it a user's path: we give
// it /proc/self/fd/N, where N is a file that we have opened and checked.
//
// G1: what is read are the bytes of the InputFile, whatever its path is called, and every column
//     comes out of them.
// G2: the descriptor stays open as long as the table, or a Stream that was made from it, lives. SQL
//     text that outlives both may name another file: keep the table with its text.
// G3: what is written is a new file (base/output_file.h), flushed to the disk; after an error it is
//     gone.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "base/input_file.h"
#include "base/output_file.h"

namespace parcours::duck {

class Connection;

// The longest line of CSV that is read.
inline constexpr std::size_t most_line_bytes = std::size_t{2} << 20;

// Nothing of a CSV file's form is left to DuckDB's guess.
struct CsvForm {
  std::vector<std::string> columns;  // names, each once
  std::vector<std::string> types;    // by column, as DuckDB calls them; empty: all are text
  std::uint64_t header_lines = 1;    // lines before the first row
  char separator = ',';
  bool gzip = false;
};

class FileTable {
 public:
  static FileTable csv(InputFile file, const CsvForm& form);
  static FileTable parquet(InputFile file);
  // The rows of all of them, which have the columns of the first. At least one file.
  static FileTable parquet(std::vector<InputFile> files);

  // For a FROM. Valid while this or a Stream made from it lives.
  const std::string& sql() const { return sql_; }
  const std::vector<InputFile>& files() const { return files_; }

 private:
  FileTable(std::vector<InputFile> files, std::string sql)
      : files_(std::move(files)), sql_(std::move(sql)) {}
  std::vector<InputFile> files_;
  std::string sql_;
};

// Makes the tables of a DuckDB database file readable as `name`.schema.table. The file must stay
// open as long as the connection's database.
Status attach_database(Connection& connection, const InputFile& file, const std::string& name);

// Writes what `query` answers to a new file, `how` in the words of DuckDB's COPY: "FORMAT csv,
// COMPRESSION gzip". The file's size in bytes.
Result<std::uint64_t> write_table(Connection& connection, const std::string& query,
                                  const std::filesystem::path& path, const std::string& how,
                                  Readers readers = Readers::as_umask_says);

// Writes what `query` answers into a new folder, as Parquet, a folder in it for each value of the
// column `by`.
Status write_parts(Connection& connection, const std::string& query,
                   const std::filesystem::path& folder, const std::string& by);

struct ParquetForm {
  Readers readers = Readers::as_umask_says;
  int row_group_rows = 0;  // 0: DuckDB's own rule
  bool zstd = false;       // smaller and slower than DuckDB's own (snappy)
  std::string pandas;  // the file's metadata of that name, JSON: types for pandas to read it with
};

Result<std::uint64_t> write_parquet(Connection& connection, const std::string& query,
                                    const std::filesystem::path& path,
                                    const ParquetForm& form = {});

// The same into a file in memory (InputFile::in_memory()), in the place of what it held.
Status write_parquet(Connection& connection, const std::string& query, const InputFile& memory,
                     const ParquetForm& form = {});

}  // namespace parcours::duck
