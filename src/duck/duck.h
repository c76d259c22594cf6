// A wrapper of DuckDB: open, run, read chunks, errors as values. Only the .cc files of this module
// include duckdb.h.
//
//   ASSIGN_OR_RETURN(duck::Database database, duck::Database::open({.threads = 1}));
//   ASSIGN_OR_RETURN(duck::Connection connection, database.connect());
//   ASSIGN_OR_RETURN(InputFile file, InputFile::open("events.parquet"));
//   const duck::FileTable events = duck::FileTable::parquet(file);
//   ASSIGN_OR_RETURN(duck::Stream stream,
//                    connection.stream("SELECT day, code FROM " + events.sql(), events));
//   RETURN_IF_ERROR(duck::for_chunks(stream, [&] {
//     for (std::int32_t day : stream.column<std::int32_t>(0)) ...
//   }));
//
// Types as DuckDB keeps them: DATE and INTEGER are int32_t, UTINYINT uint8_t, DOUBLE double,
// HUGEINT and UUID columns::Wide.
//
// It reads tables of ours as well: Connection::add().
//
// A database is held in memory. It reads files only through a FileTable (file_table.h). It keeps
// nothing of a file from one statement to the next, because the same descriptor may be another file
// by then.
//
// G1: an error never quotes the data (fault.h).
// G2: no column is read as values of another width than its own.
// G3: once open, a database's settings are locked, and it loads no extension.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/each.h"
#include "base/error.h"
#include "columns/columns.h"
#include "duck/file_table.h"

namespace parcours::duck {

struct Options {
  int threads = 1;        // DuckDB's own workers; a worker of ours opens a database of one thread
  std::string scratch;    // where it may spill; empty: it must not
  bool in_order = false;  // rows come in a file's order; slower with several threads
};

class Stream;

class Connection {
 public:
  Connection(Connection&&) noexcept;
  Connection& operator=(Connection&&) noexcept;
  ~Connection();

  // Runs one or more statements; what they return is dropped. `where` goes into the error's place:
  // a file that the user knows, say.
  Status run(const std::string& sql, const std::string& where = {});

  // Runs one statement and hands out its rows chunk by chunk as they are made; nothing is kept.
  Result<Stream> stream(const std::string& sql, const std::string& where = {});

  // The same of a statement that names files; they stay open as long as the stream lives, and the
  // first of them is the place of an error.
  Result<Stream> stream(const std::string& sql, const FileTable& table);
  Result<Stream> stream(const std::string& sql, std::vector<InputFile> files,
                        const std::string& where);

  // Makes `source` a table function of no arguments: SELECT * FROM name(). The source must outlive
  // the connection.
  Status add(const std::string& name, columns::Source& source);

  // From any thread: makes a running statement end soon with an error.
  void interrupt();

 private:
  friend class Database;
  friend class Stream;
  struct State;
  explicit Connection(std::shared_ptr<State> state);
  std::shared_ptr<State> state_;
};

class Database {
 public:
  static Result<Database> open(const Options& options);
  Database(Database&&) noexcept;
  Database& operator=(Database&&) noexcept;
  ~Database();
  Result<Connection> connect();

 private:
  struct State;
  explicit Database(std::shared_ptr<State> state);
  std::shared_ptr<State> state_;
};

class Stream {
 public:
  Stream(Stream&&) noexcept;
  Stream& operator=(Stream&&) noexcept;
  ~Stream();

  // Moves on to the next chunk; false at the end. What column() gave before is gone.
  Result<bool> next();

  std::size_t rows() const;  // of this chunk, at most 2,048
  std::size_t columns() const;
  const std::string& name(std::size_t column) const;

  // An error unless the columns have these types, in this order. Call it before column() if another
  // program may have made the file.
  Status expect(std::span<const columns::Column> columns) const;

  // The chunk's values. T must be the column's type (one of another width aborts); where a value is
  // null the content is anything.
  template <class T>
  std::span<const T> column(std::size_t index) const {
    return {static_cast<const T*>(data(index, sizeof(T))), rows()};
  }
  bool null(std::size_t column, std::size_t row) const;
  bool any_null(std::size_t column) const;
  // Bit row % 64 of word row / 64 is 0 where the value is null; nullptr where none is.
  const std::uint64_t* validity(std::size_t column) const;
  std::string_view text(std::size_t column, std::size_t row) const;  // of a VARCHAR

 private:
  friend class Connection;
  struct State;
  explicit Stream(std::unique_ptr<State> state);
  const void* data(std::size_t column, std::size_t width) const;
  std::unique_ptr<State> state_;
};

// Runs each() on every chunk that is left of a stream.
template <class Each>
Status for_chunks(Stream& stream, Each each) {
  while (true) {
    ASSIGN_OR_RETURN(const bool more, stream.next());
    if (!more) {
      return {};
    }
    RETURN_IF_ERROR(call_each(each));
  }
}

// Runs each(row) on every row that is left; `row` is its place in the stream's chunk.
template <class Each>
Status for_rows(Stream& stream, Each each) {
  return for_chunks(stream, [&]() -> Status {
    for (std::size_t row = 0; row < stream.rows(); ++row) {
      RETURN_IF_ERROR(call_each(each, row));
    }
    return {};
  });
}

// 'it''s': a text as an SQL literal.
std::string quoted(std::string_view text);
// "a column": a name as an SQL identifier.
std::string quoted_name(std::string_view name);

}  // namespace parcours::duck
