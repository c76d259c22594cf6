// Tables in PostgreSQL, through libpq. One connection for each table that is read, in a transaction
// that only reads; rows come one by one, so that memory does not grow with the table.
//
// libpq is loaded when the first database is opened: who reads none need not have it.
#include <dlfcn.h>
#include <fmt/format.h>
#include <libpq-fe.h>

#include <memory>
#include <optional>

#include "omop/table.h"

namespace parcours::omop {
namespace {

// libpq's functions, under their own names.
struct Libpq {
  template <class Function>
  bool load(void* library, const char* name, Function& function) {
    function = reinterpret_cast<Function>(dlsym(library, name));
    return function != nullptr;
  }

  decltype(&::PQconnectdb) PQconnectdb = nullptr;
  decltype(&::PQstatus) PQstatus = nullptr;
  decltype(&::PQfinish) PQfinish = nullptr;
  decltype(&::PQdb) PQdb = nullptr;
  decltype(&::PQexec) PQexec = nullptr;
  decltype(&::PQsendQuery) PQsendQuery = nullptr;
  decltype(&::PQsetSingleRowMode) PQsetSingleRowMode = nullptr;
  decltype(&::PQgetResult) PQgetResult = nullptr;
  decltype(&::PQresultStatus) PQresultStatus = nullptr;
  decltype(&::PQresultErrorField) PQresultErrorField = nullptr;
  decltype(&::PQclear) PQclear = nullptr;
  decltype(&::PQntuples) PQntuples = nullptr;
  decltype(&::PQnfields) PQnfields = nullptr;
  decltype(&::PQfname) PQfname = nullptr;
  decltype(&::PQgetvalue) PQgetvalue = nullptr;
  decltype(&::PQgetlength) PQgetlength = nullptr;
  decltype(&::PQescapeIdentifier) PQescapeIdentifier = nullptr;
  decltype(&::PQfreemem) PQfreemem = nullptr;

  bool load() {
    void* library = dlopen("libpq.so.5", RTLD_NOW | RTLD_LOCAL);
#define PARCOURS_LOAD(name) load(library, #name, name)
    return library != nullptr && PARCOURS_LOAD(PQconnectdb) && PARCOURS_LOAD(PQstatus) &&
           PARCOURS_LOAD(PQfinish) && PARCOURS_LOAD(PQdb) && PARCOURS_LOAD(PQexec) &&
           PARCOURS_LOAD(PQsendQuery) && PARCOURS_LOAD(PQsetSingleRowMode) &&
           PARCOURS_LOAD(PQgetResult) && PARCOURS_LOAD(PQresultStatus) &&
           PARCOURS_LOAD(PQresultErrorField) && PARCOURS_LOAD(PQclear) &&
           PARCOURS_LOAD(PQntuples) && PARCOURS_LOAD(PQnfields) && PARCOURS_LOAD(PQfname) &&
           PARCOURS_LOAD(PQgetvalue) && PARCOURS_LOAD(PQgetlength) &&
           PARCOURS_LOAD(PQescapeIdentifier) && PARCOURS_LOAD(PQfreemem);
#undef PARCOURS_LOAD
  }
};

// Loaded once; nullptr where it is not installed.
const Libpq* libpq() {
  static const std::optional<Libpq> loaded = [] {
    Libpq made;
    return made.load() ? std::optional(made) : std::nullopt;
  }();
  return loaded ? &*loaded : nullptr;
}

struct CloseConnection {
  void operator()(PGconn* connection) const { libpq()->PQfinish(connection); }
};
struct ClearResult {
  void operator()(PGresult* result) const { libpq()->PQclear(result); }
};
using PgConnection = std::unique_ptr<PGconn, CloseConnection>;
using PgResult = std::unique_ptr<PGresult, ClearResult>;

// Of the address only what holds no password and no user.
std::string shown(PGconn* connection) {
  const auto text = [](const char* part) { return part == nullptr ? "" : part; };
  return fmt::format("PostgreSQL database '{}'", text(libpq()->PQdb(connection)));
}

// The server's message may quote rows, and libpq's the address; the state of SQL quotes nothing.
std::unexpected<Error> failed(PGconn* connection, const PGresult* result, const std::string& what) {
  const char* state =
      result == nullptr ? nullptr : libpq()->PQresultErrorField(result, PG_DIAG_SQLSTATE);
  return bad_input(fmt::format("the database says no ({}{})", what,
                               state == nullptr ? "" : fmt::format(", SQLSTATE {}", state)),
                   shown(connection), "check the address, the user's rights and the search path");
}

Result<PgConnection> connect(const std::string& address) {
  if (libpq() == nullptr) {
    return machine_fault("PostgreSQL's client library cannot be loaded", "libpq.so.5",
                         "install it: apt install libpq5");
  }
  PgConnection connection(libpq()->PQconnectdb(address.c_str()));
  if (connection == nullptr || libpq()->PQstatus(connection.get()) != CONNECTION_OK) {
    return bad_input("no connection to the PostgreSQL database", shown(connection.get()),
                     "an address as postgresql://user@host/database; the password belongs in "
                     "~/.pgpass or PGPASSWORD");
  }
  for (const char* sql : {"SET client_encoding TO 'UTF8'", "SET datestyle TO 'ISO'",
                          "BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY"}) {
    const PgResult result(libpq()->PQexec(connection.get(), sql));
    if (libpq()->PQresultStatus(result.get()) != PGRES_COMMAND_OK) {
      return failed(connection.get(), result.get(), "beginning to read");
    }
  }
  return connection;
}

std::string quoted_identifier(PGconn* connection, const std::string& name) {
  char* quoted = libpq()->PQescapeIdentifier(connection, name.data(), name.size());
  std::string text = quoted == nullptr ? "" : quoted;
  libpq()->PQfreemem(quoted);
  return text;
}

class PgTable : public TableRows {
 public:
  PgTable(PgConnection connection, std::vector<std::size_t> places, const ingest::Reading& reading)
      : connection_(std::move(connection)), places_(std::move(places)), reading_(reading) {}

  Result<bool> next() override {
    if (line_ % 1024 == 0 && reading_.stop.requested()) {
      return stopped();
    }
    row_.reset(libpq()->PQgetResult(connection_.get()));
    const ExecStatusType status = libpq()->PQresultStatus(row_.get());
    if (status == PGRES_SINGLE_TUPLE) {
      ++line_;
      return true;
    }
    if (status != PGRES_TUPLES_OK) {
      return failed(connection_.get(), row_.get(), "reading a table");
    }
    return false;
  }

  std::string_view field(std::size_t column) const override {
    if (places_[column] == no_place) {
      return {};
    }
    const int place = static_cast<int>(places_[column]);
    return {libpq()->PQgetvalue(row_.get(), 0, place),
            static_cast<std::size_t>(libpq()->PQgetlength(row_.get(), 0, place))};
  }
  std::uint64_t line() const override { return line_; }

 private:
  PgConnection connection_;
  std::vector<std::size_t> places_;
  const ingest::Reading reading_;
  PgResult row_;
  std::uint64_t line_ = 0;
};

class Postgres : public Tables {
 public:
  explicit Postgres(std::string address) : address_(std::move(address)) {}

  Status find_tables() {
    ASSIGN_OR_RETURN(const PgConnection connection, connect(address_));
    const PgResult result(libpq()->PQexec(
        connection.get(),
        "SELECT relname FROM pg_catalog.pg_class WHERE relkind IN ('r', 'p', 'v', 'm', 'f') AND "
        "pg_catalog.pg_table_is_visible(oid) ORDER BY relname"));
    if (libpq()->PQresultStatus(result.get()) != PGRES_TUPLES_OK) {
      return failed(connection.get(), result.get(), "listing the tables");
    }
    for (int row = 0; row < libpq()->PQntuples(result.get()); ++row) {
      const std::string name = libpq()->PQgetvalue(result.get(), row, 0);
      if (std::string table = table_of_file(name); !table.empty() && table == name) {
        parts_.push_back({table, shown(connection.get()) + ": " + name, 0});
      }
    }
    return {};
  }

  const std::vector<TablePart>& parts() const override { return parts_; }

  Result<std::unique_ptr<TableRows>> open(const TablePart& part,
                                          const std::vector<std::string>& columns,
                                          std::size_t needed,
                                          const ingest::Reading& reading) const override {
    ASSIGN_OR_RETURN(PgConnection connection, connect(address_));
    const std::string from = quoted_identifier(connection.get(), part.table);
    std::vector<std::string> names;
    {
      const PgResult none(
          libpq()->PQexec(connection.get(), ("SELECT * FROM " + from + " LIMIT 0").c_str()));
      if (libpq()->PQresultStatus(none.get()) != PGRES_TUPLES_OK) {
        return failed(connection.get(), none.get(), "opening a table");
      }
      for (int column = 0; column < libpq()->PQnfields(none.get()); ++column) {
        names.emplace_back(libpq()->PQfname(none.get(), column));
      }
    }
    ASSIGN_OR_RETURN(std::vector<std::size_t> places, places_of(part, names, columns, needed));
    std::string sql;
    std::size_t taken = 0;
    for (std::size_t& place : places) {
      if (place != no_place) {
        sql += (sql.empty() ? "SELECT " : ", ") + quoted_identifier(connection.get(), names[place]);
        place = taken++;
      }
    }
    sql = (taken == 0 ? "SELECT NULL" : sql) + " FROM " + from;
    if (libpq()->PQsendQuery(connection.get(), sql.c_str()) == 0 ||
        libpq()->PQsetSingleRowMode(connection.get()) == 0) {
      return failed(connection.get(), nullptr, "reading a table");
    }
    return std::make_unique<PgTable>(std::move(connection), std::move(places), reading);
  }

 private:
  std::string address_;
  std::vector<TablePart> parts_;
};

}  // namespace

Result<std::unique_ptr<Tables>> open_postgres(const std::string& address) {
  auto made = std::make_unique<Postgres>(address);
  RETURN_IF_ERROR(made->find_tables());
  return std::unique_ptr<Tables>(std::move(made));
}

}  // namespace parcours::omop
