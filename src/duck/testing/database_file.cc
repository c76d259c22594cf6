#include "duck/testing/database_file.h"

#include <cstdlib>

#include "base/files.h"
#include "duck/duck.h"

namespace parcours::duck {
namespace {

// A table function that reads the text.
std::string table_of(const std::filesystem::path& file, const std::string& csv) {
  if (!write_file(file, csv)) {
    std::abort();
  }
  return "read_csv(" + duck::quoted(std::string_view(file.native())) + ", nullstr = '')";
}

Connection connect() {
  Database database = *Database::open({});
  return *database.connect();
}

void run(Connection& connection, const std::string& sql) {
  if (!connection.run(sql)) {
    std::abort();
  }
}

}  // namespace

void write_database(const std::filesystem::path& path,
                    const std::map<std::string, std::string>& csv_by_table) {
  Connection connection = connect();
  run(connection, "ATTACH " + duck::quoted(std::string_view(path.native())) + " AS made");
  for (const auto& [table, csv] : csv_by_table) {
    const std::filesystem::path file = path.string() + "." + table;
    run(connection, "CREATE TABLE made." + quoted_name(table) + " AS FROM " + table_of(file, csv));
    std::filesystem::remove(file);
  }
  run(connection, "DETACH made");
}

void write_csv_as_parquet(const std::filesystem::path& path, const std::string& csv) {
  Connection connection = connect();
  const std::filesystem::path file = path.string() + ".csv";
  if (!write_parquet(connection, "FROM " + table_of(file, csv), path)) {
    std::abort();
  }
  std::filesystem::remove(file);
}

}  // namespace parcours::duck
