// A table of an OMOP database, wherever it lies, read row by row as text.
//
//   ASSIGN_OR_RETURN(const auto rows, tables.open(part, columns, reading));
//   while (true) {
//     ASSIGN_OR_RETURN(const bool more, rows->next());
//     if (!more) break;
//     use(rows->field(0));                        // of columns[0]; valid until the next row
//   }
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "base/named_file.h"
#include "ingest/intake.h"

namespace parcours::omop {

class TableRows {
 public:
  virtual ~TableRows() = default;
  virtual Result<bool> next() = 0;
  // The field of a column that was asked for; empty where it is null or the table has no such
  // column.
  virtual std::string_view field(std::size_t column) const = 0;
  virtual std::uint64_t line() const = 0;
  // What is wrong with the row's form; empty: nothing.
  virtual std::string_view defect() const { return {}; }
};

// One file of a table, or a table of a database.
struct TablePart {
  std::string table;  // "drug_exposure"
  std::string place;  // for the user: "drug_exposure.csv"
  std::uint64_t bytes = 0;
};

class Tables {
 public:
  virtual ~Tables() = default;
  virtual const std::vector<TablePart>& parts() const = 0;
  virtual std::vector<std::filesystem::path> files() const { return {}; }
  // An error when one of the first `needed` columns is missing. Safe to call from several threads.
  virtual Result<std::unique_ptr<TableRows>> open(const TablePart& part,
                                                  const std::vector<std::string>& columns,
                                                  std::size_t needed,
                                                  const ingest::Reading& reading) const = 0;
};

// CSV (plain or gzip) and Parquet files that are called after OMOP's tables, or one DuckDB database
// file.
Result<std::unique_ptr<Tables>> open_files(const std::vector<NamedFile>& files);
Result<std::unique_ptr<Tables>> open_duckdb(const NamedFile& file);
// "postgresql://user@host/database?options=-csearch_path=cdm": the tables that a search finds.
Result<std::unique_ptr<Tables>> open_postgres(const std::string& address);

// Whether it is the name of a table that is read or counted.
bool is_table(std::string_view name);
// The OMOP table that a file is called after, of those that are read or counted; empty: none.
std::string table_of_file(const std::filesystem::path& file);

// In the order of `columns`; no_place where there is no such column. An error names the table and
// the missing column.
inline constexpr std::size_t no_place = ~std::size_t{0};
Result<std::vector<std::size_t>> places_of(const TablePart& part,
                                           const std::vector<std::string>& names,
                                           const std::vector<std::string>& columns,
                                           std::size_t needed);

}  // namespace parcours::omop
