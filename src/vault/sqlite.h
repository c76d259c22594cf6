// A wrapper of SQLite for the catalog: open, prepare, bind, step, errors as values.
//
// G1: a database that another person made cannot run anything: no trigger, view or function of its
//     schema; and content beyond small limits is an error.
//
//   ASSIGN_OR_RETURN(Sqlite database, Sqlite::open(path, Sqlite::Access::read));
//   ASSIGN_OR_RETURN(SqliteStatement rows,
//                    database.prepare("SELECT id, name FROM practices ORDER BY id"));
//   while (true) {
//     ASSIGN_OR_RETURN(const bool more, rows.step());
//     if (!more) break;
//     ... rows.integer(0), rows.text(1)
//   }
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "base/error.h"
#include "base/wiped.h"

struct sqlite3;
struct sqlite3_stmt;

namespace parcours::vault {

class SqliteStatement {
 public:
  // Parameters by position, from 1. A statement is used again after reset().
  void bind(int parameter, std::int64_t value);
  void bind(int parameter, std::string_view text);
  void bind(int parameter, const std::optional<std::int64_t>& value);

  // Moves on to the next row; false at the end.
  Result<bool> step();
  // Runs a statement that returns no rows, and makes it ready for the next use.
  Status run();

  // What stands in a column, as it is stored: nothing is turned into another type.
  enum class Stored { nothing, integer, text, other };
  Stored stored(int column) const;
  int columns() const;

  std::int64_t integer(int column) const;
  std::string text(int column) const;
  bool null(int column) const;

 private:
  friend class Sqlite;
  struct Finalize {
    void operator()(sqlite3_stmt* statement) const;
  };
  SqliteStatement(sqlite3_stmt* statement, std::string where)
      : statement_(statement), where_(std::move(where)) {}
  std::unique_ptr<sqlite3_stmt, Finalize> statement_;
  std::string where_;
};

class Sqlite {
 public:
  enum class Access { read, write, create };

  // Waits up to ten seconds for another program's transaction.
  static Result<Sqlite> open(const std::filesystem::path& file, Access access);

  // A database in memory that nothing of is ever written to a disk: an empty one, or what image()
  // gave. `where` is the place of its errors.
  static Result<Sqlite> in_memory(std::string_view image, const std::string& where);
  // All of it, as the bytes of a database file. Outside a transaction.
  Result<WipedString> image();

  Status run(const std::string& sql);
  Result<SqliteStatement> prepare(std::string_view sql);
  // The rows that the last UPDATE, INSERT or DELETE touched.
  std::uint64_t changes() const;

 private:
  struct Close {
    void operator()(sqlite3* database) const;
  };
  Sqlite(sqlite3* database, std::string where) : database_(database), where_(std::move(where)) {}
  std::unique_ptr<sqlite3, Close> database_;
  std::string where_;
};

// Runs `each` on every row of a query.
template <class Each>
Status for_rows(Sqlite& database, std::string_view sql, Each each) {
  ASSIGN_OR_RETURN(SqliteStatement rows, database.prepare(sql));
  while (true) {
    ASSIGN_OR_RETURN(const bool more, rows.step());
    if (!more) {
      return {};
    }
    RETURN_IF_ERROR(each(rows));
  }
}

}  // namespace parcours::vault
