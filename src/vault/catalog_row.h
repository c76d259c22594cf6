// Reads a row of the catalog column by column, and checks the type and the range of each value.
// status() gives the first value that is not valid; values read after it have no meaning.
//
//   CatalogRow row(statement, file);
//   const auto bucket = row.number(0, 0, most, "a file's bucket");
//   const std::string name = row.text(1, "a file's name");
//   RETURN_IF_ERROR(row.status());
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include "base/error.h"
#include "vault/sqlite.h"

namespace parcours::vault {

// An error of the input about a catalog that is not as this program writes it.
std::unexpected<Error> damaged_catalog(const std::filesystem::path& file, const std::string& what);

class CatalogRow {
 public:
  CatalogRow(const SqliteStatement& row, const std::filesystem::path& file)
      : row_(row), file_(file) {}

  // From `least` to `most`, both included. `what` is for the error: "a file's bucket".
  std::int64_t number(int column, std::int64_t least, std::int64_t most, const char* what);
  // UTF-8 without NUL.
  std::string text(int column, const char* what);
  bool null(int column) const { return row_.null(column); }

  // Keeps an error of the caller's own.
  void hold(bool good, const char* what);

  const Status& status() const { return status_; }

 private:
  const SqliteStatement& row_;
  const std::filesystem::path& file_;
  Status status_;
};

}  // namespace parcours::vault
