#include "vault/sqlite.h"

#include <sqlite3.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <system_error>
#include <utility>

namespace parcours::vault {
namespace {

// The system's error number where the disk gave no bytes (EIO); else 0. SQLite calls that file
// damaged, which it may not be.
int unread(sqlite3* database) {
  switch (sqlite3_errcode(database)) {
    case SQLITE_NOTADB:
    case SQLITE_CORRUPT:
    case SQLITE_IOERR: {
      int number = 0;
      sqlite3_file_control(database, "main", SQLITE_FCNTL_LAST_ERRNO, &number);
      return number == EIO || number == ENXIO || number == ERANGE ? number : 0;
    }
    default:
      return 0;
  }
}

// A file that is no database is wrong input; everything else that can go wrong here is the
// machine's.
std::unexpected<Error> failed(sqlite3* database, const std::string& where) {
  if (const int number = unread(database); number != 0) {
    return machine_fault("cannot read the catalog: " + errno_text(number), where);
  }
  switch (sqlite3_errcode(database)) {
    case SQLITE_NOTADB:
    case SQLITE_CORRUPT:
    case SQLITE_TOOBIG:
      return bad_input("the catalog is damaged: " + std::string(sqlite3_errmsg(database)), where,
                       "restore the vault from a copy");
    case SQLITE_BUSY:
      return machine_fault("another program keeps the catalog locked", where,
                           "wait until that program has ended");
    case SQLITE_READONLY:
      if (sqlite3_extended_errcode(database) == SQLITE_READONLY_ROLLBACK) {
        return machine_fault(
            "a crash left an unfinished change in the catalog, and it cannot be undone because "
            "the vault is read-only",
            where, "run this once where the vault can be written: parcours vault status");
      }
      return machine_fault("the catalog cannot be written: it is read-only", where);
    case SQLITE_CANTOPEN:
      if (::access(where.c_str(), R_OK) != 0 && errno == EACCES) {
        return bad_input("permission denied", where,
                         "ask the vault's owner for permission to read it");
      }
      return machine_fault("the catalog cannot be opened, or its folder cannot be written to",
                           where,
                           "check that you own the vault and that its folder is not read-only");
    case SQLITE_FULL:
      return machine_fault("no space left for the catalog", where);
    default:
      return machine_fault("the catalog failed: " + std::string(sqlite3_errmsg(database)), where);
  }
}

struct Limit {
  int what;
  int most;
};

// Far over what a catalog needs, far under what a machine has. VACUUM attaches one database.
constexpr std::array limits = {
    Limit{SQLITE_LIMIT_LENGTH, 1 << 20},
    Limit{SQLITE_LIMIT_SQL_LENGTH, 1 << 16},
    Limit{SQLITE_LIMIT_COLUMN, 64},
    Limit{SQLITE_LIMIT_EXPR_DEPTH, 64},
    Limit{SQLITE_LIMIT_COMPOUND_SELECT, 8},
    Limit{SQLITE_LIMIT_VDBE_OP, 100'000},
    Limit{SQLITE_LIMIT_FUNCTION_ARG, 16},
    Limit{SQLITE_LIMIT_ATTACHED, 1},
    Limit{SQLITE_LIMIT_VARIABLE_NUMBER, 64},
    Limit{SQLITE_LIMIT_TRIGGER_DEPTH, 1},
    Limit{SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 64},
    Limit{SQLITE_LIMIT_WORKER_THREADS, 0},
};

// Far over what a catalog has.
constexpr sqlite3_int64 most_image_bytes = sqlite3_int64{1} << 36;

// Nothing that the file's schema says is run, and its pages are looked at before they are used.
bool harden(sqlite3* database) {
  constexpr std::array switches = {
      std::pair{SQLITE_DBCONFIG_DEFENSIVE, 1}, std::pair{SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0},
      std::pair{SQLITE_DBCONFIG_ENABLE_TRIGGER, 0}, std::pair{SQLITE_DBCONFIG_ENABLE_VIEW, 0},
      std::pair{SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0}};
  for (const auto& [what, on] : switches) {
    if (sqlite3_db_config(database, what, on, nullptr) != SQLITE_OK) {
      return false;
    }
  }
  for (const Limit& limit : limits) {
    sqlite3_limit(database, limit.what, limit.most);
  }
  return sqlite3_exec(database,
                      "PRAGMA cell_size_check = ON; PRAGMA mmap_size = 0; PRAGMA temp_store = "
                      "MEMORY",
                      nullptr, nullptr, nullptr) == SQLITE_OK;
}

// A relative path that begins with "file:" would be a URI to SQLite.
std::string name_of(const std::filesystem::path& file) {
  return file.is_absolute() || file == ":memory:" ? file.string() : "./" + file.string();
}

int flags_of(Sqlite::Access access) {
  switch (access) {
    case Sqlite::Access::read:
      // It may have to roll back what a crash left half-done; SQLite only reads a file that is
      // write-protected.
    case Sqlite::Access::write:
      return SQLITE_OPEN_READWRITE;
    case Sqlite::Access::create:
      return SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
  }
  return 0;
}

}  // namespace

void SqliteStatement::Finalize::operator()(sqlite3_stmt* statement) const {
  sqlite3_finalize(statement);
}

void Sqlite::Close::operator()(sqlite3* database) const {
  sqlite3_close(database);
}

void SqliteStatement::bind(int parameter, std::int64_t value) {
  sqlite3_bind_int64(statement_.get(), parameter, value);
}

void SqliteStatement::bind(int parameter, std::string_view text) {
  sqlite3_bind_text64(statement_.get(), parameter, text.data(), text.size(), SQLITE_TRANSIENT,
                      SQLITE_UTF8);
}

void SqliteStatement::bind(int parameter, const std::optional<std::int64_t>& value) {
  if (value) {
    bind(parameter, *value);
  } else {
    sqlite3_bind_null(statement_.get(), parameter);
  }
}

Result<bool> SqliteStatement::step() {
  switch (sqlite3_step(statement_.get())) {
    case SQLITE_ROW:
      return true;
    case SQLITE_DONE:
      return false;
    default:
      return failed(sqlite3_db_handle(statement_.get()), where_);
  }
}

Status SqliteStatement::run() {
  const Result<bool> done = step();
  sqlite3_reset(statement_.get());
  if (!done) {
    return std::unexpected(done.error());
  }
  return {};
}

SqliteStatement::Stored SqliteStatement::stored(int column) const {
  switch (sqlite3_column_type(statement_.get(), column)) {
    case SQLITE_NULL:
      return Stored::nothing;
    case SQLITE_INTEGER:
      return Stored::integer;
    case SQLITE_TEXT:
      return Stored::text;
    default:
      return Stored::other;
  }
}

int SqliteStatement::columns() const {
  return sqlite3_column_count(statement_.get());
}

std::int64_t SqliteStatement::integer(int column) const {
  return sqlite3_column_int64(statement_.get(), column);
}

std::string SqliteStatement::text(int column) const {
  const auto* bytes = reinterpret_cast<const char*>(sqlite3_column_text(statement_.get(), column));
  const int size = sqlite3_column_bytes(statement_.get(), column);
  return bytes == nullptr ? std::string() : std::string(bytes, static_cast<std::size_t>(size));
}

bool SqliteStatement::null(int column) const {
  return sqlite3_column_type(statement_.get(), column) == SQLITE_NULL;
}

Result<Sqlite> Sqlite::open(const std::filesystem::path& file, Access access) {
  sqlite3* handle = nullptr;
  const int opened = sqlite3_open_v2(name_of(file).c_str(), &handle, flags_of(access), nullptr);
  Sqlite database(handle, file.string());
  if (opened != SQLITE_OK || !harden(handle)) {
    return failed(handle, file.string());
  }
  sqlite3_busy_timeout(handle, 10000);
  return database;
}

Result<Sqlite> Sqlite::in_memory(std::string_view image, const std::string& where) {
  ASSIGN_OR_RETURN(Sqlite database, open(":memory:", Access::create));
  database.where_ = where;
  sqlite3* handle = database.database_.get();
  if (!image.empty()) {
    auto* bytes = static_cast<unsigned char*>(sqlite3_malloc64(image.size()));
    if (bytes == nullptr) {
      return machine_fault("not enough memory for the catalog", where);
    }
    std::ranges::copy(image, bytes);
    const auto size = static_cast<sqlite3_int64>(image.size());
    // It frees the bytes, also where it fails.
    if (sqlite3_deserialize(handle, "main", bytes, size, size,
                            SQLITE_DESERIALIZE_FREEONCLOSE | SQLITE_DESERIALIZE_RESIZEABLE) !=
        SQLITE_OK) {
      return failed(handle, where);
    }
    sqlite3_int64 most = most_image_bytes;
    sqlite3_file_control(handle, "main", SQLITE_FCNTL_SIZE_LIMIT, &most);
  }
  RETURN_IF_ERROR(database.run("PRAGMA journal_mode = MEMORY"));
  return database;
}

Result<WipedString> Sqlite::image() {
  sqlite3_int64 size = 0;
  unsigned char* bytes = sqlite3_serialize(database_.get(), "main", &size, 0);
  if (bytes == nullptr) {
    return machine_fault("not enough memory for the catalog", where_);
  }
  WipedString image(reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(size));
  ::explicit_bzero(bytes, static_cast<std::size_t>(size));
  sqlite3_free(bytes);
  return image;
}

Status Sqlite::run(const std::string& sql) {
  if (sqlite3_exec(database_.get(), sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) {
    return failed(database_.get(), where_);
  }
  return {};
}

Result<SqliteStatement> Sqlite::prepare(std::string_view sql) {
  sqlite3_stmt* statement = nullptr;
  if (sqlite3_prepare_v2(database_.get(), sql.data(), static_cast<int>(sql.size()), &statement,
                         nullptr) != SQLITE_OK) {
    return failed(database_.get(), where_);
  }
  return SqliteStatement(statement, where_);
}

std::uint64_t Sqlite::changes() const {
  return static_cast<std::uint64_t>(sqlite3_changes64(database_.get()));
}

}  // namespace parcours::vault
