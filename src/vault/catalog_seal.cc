#include "vault/catalog_seal.h"

#include <fmt/format.h>

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "records/digest.h"
#include "vault/catalog_row.h"

namespace parcours::vault {
namespace {

namespace fs = std::filesystem;

void take(records::Digester& digester, std::int64_t number) {
  std::array<char, sizeof(number)> bytes;
  auto left = static_cast<std::uint64_t>(number);
  for (char& byte : bytes) {  // the least first, on every machine
    byte = static_cast<char>(left & 0xff);
    left >>= 8;
  }
  digester.take(bytes);
}

void take(records::Digester& digester, const std::string& text) {
  take(digester, static_cast<std::int64_t>(text.size()));
  digester.take(text);
}

// Of all rows in the order of their columns: each value after a letter for its type.
Result<records::Digest> digest_of_table(Sqlite& catalog, std::string_view table) {
  const std::string all = fmt::format("SELECT * FROM {} ORDER BY 1", table);
  ASSIGN_OR_RETURN(const SqliteStatement first, catalog.prepare(all));
  std::string order = all;
  for (int column = 2; column <= first.columns(); ++column) {
    order += fmt::format(", {}", column);
  }
  records::Digester digester;
  take(digester, std::string(table));
  RETURN_IF_ERROR(for_rows(catalog, order, [&](const SqliteStatement& row) -> Status {
    for (int column = 0; column < row.columns(); ++column) {
      const SqliteStatement::Stored stored = row.stored(column);
      take(digester, static_cast<std::int64_t>(stored));
      if (stored == SqliteStatement::Stored::integer) {
        take(digester, row.integer(column));
      } else {
        take(digester, row.text(column));
      }
    }
    return {};
  }));
  return digester.finish();
}

using Schema = std::vector<std::string>;

// What the database says that it is made of, in SQL.
Result<Schema> schema_of(Sqlite& catalog) {
  Schema schema;
  RETURN_IF_ERROR(for_rows(catalog,
                           "SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY 1, 2",
                           [&](const SqliteStatement& row) -> Status {
                             for (int column = 0; column < row.columns(); ++column) {
                               schema.push_back(row.text(column));
                             }
                             return {};
                           }));
  return schema;
}

Result<Schema> right_schema() {
  ASSIGN_OR_RETURN(Sqlite empty, Sqlite::open(":memory:", Sqlite::Access::create));
  RETURN_IF_ERROR(empty.run(catalog_schema));
  return schema_of(empty);
}

Result<std::vector<std::string>> sealed_tables(Sqlite& catalog) {
  std::vector<std::string> tables;
  RETURN_IF_ERROR(for_rows(catalog,
                           "SELECT name FROM sqlite_schema WHERE type = 'table' AND name <> "
                           "'seals' ORDER BY name",
                           [&](const SqliteStatement& row) -> Status {
                             tables.push_back(row.text(0));
                             return {};
                           }));
  return tables;
}

Status write_seal(Sqlite& catalog, std::string_view table) {
  ASSIGN_OR_RETURN(const records::Digest digest, digest_of_table(catalog, table));
  ASSIGN_OR_RETURN(SqliteStatement write,
                   catalog.prepare("INSERT OR REPLACE INTO seals (name, digest) VALUES (?, ?)"));
  write.bind(1, table);
  write.bind(2, digest.hex());
  return write.run();
}

// The pages, and that the indexes say what the tables say.
Status check_pages(Sqlite& catalog, const fs::path& file) {
  std::string found;
  RETURN_IF_ERROR(
      for_rows(catalog, "PRAGMA integrity_check(1)", [&](const SqliteStatement& row) -> Status {
        found = row.text(0);
        return {};
      }));
  // SQLite says it in words where a page could not be had, and goes on.
  if (found.ends_with("error code=7")) {
    return machine_fault("not enough memory for the catalog", file.string());
  }
  return found == "ok" ? Status() : damaged_catalog(file, "its pages do not agree with each other");
}

}  // namespace

Status seal(Sqlite& catalog, std::initializer_list<std::string_view> tables) {
  for (const std::string_view table : tables) {
    RETURN_IF_ERROR(write_seal(catalog, table));
  }
  return {};
}

Status seal_all(Sqlite& catalog) {
  ASSIGN_OR_RETURN(const std::vector<std::string> tables, sealed_tables(catalog));
  for (const std::string& table : tables) {
    RETURN_IF_ERROR(write_seal(catalog, table));
  }
  return {};
}

Status check_seals(Sqlite& catalog, const fs::path& file) {
  ASSIGN_OR_RETURN(const Schema right, right_schema());
  ASSIGN_OR_RETURN(const Schema found, schema_of(catalog));
  if (found != right) {
    return damaged_catalog(file, "its tables are not those of a vault");
  }
  RETURN_IF_ERROR(check_pages(catalog, file));
  std::map<std::string, std::string> seals;
  RETURN_IF_ERROR(for_rows(catalog, "SELECT name, digest FROM seals",
                           [&](const SqliteStatement& row) -> Status {
                             seals[row.text(0)] = row.text(1);
                             return {};
                           }));
  ASSIGN_OR_RETURN(const std::vector<std::string> tables, sealed_tables(catalog));
  for (const std::string& table : tables) {
    ASSIGN_OR_RETURN(const records::Digest digest, digest_of_table(catalog, table));
    if (seals[table] != digest.hex()) {
      return damaged_catalog(file,
                             fmt::format("its table '{}' differs from what was written", table));
    }
  }
  return seals.size() == tables.size() ? Status()
                                       : damaged_catalog(file,
                                                         "it has a seal for a table that "
                                                         "does not exist");
}

}  // namespace parcours::vault
