// Importing the panel's CSV, beside DuckDB's own COPY of the same files into as many buckets.

#include <fmt/format.h>

#include "bench/bench.h"
#include "bench/panel.h"
#include "duck/duck.h"

namespace parcours::bench {
namespace {

namespace fs = std::filesystem;

// The quickest that DuckDB does with it: no pseudonyms, no checks, no order, no code book; types
// given, not guessed.
Result<std::string> copy(const fs::path& csv, const fs::path& to, int threads) {
  fs::remove_all(to);
  fs::create_directories(to);
  ASSIGN_OR_RETURN(duck::Database database,
                   duck::Database::open({.threads = threads, .scratch = (to / "tmp").string()}));
  ASSIGN_OR_RETURN(duck::Connection sql, database.connect());
  const auto copied = [&](const std::string& name, std::vector<std::string> columns,
                          std::vector<std::string> types) -> Status {
    ASSIGN_OR_RETURN(InputFile file, InputFile::open(csv / (name + ".csv")));
    const duck::FileTable table = duck::FileTable::csv(
        std::move(file), {.columns = std::move(columns), .types = std::move(types)});
    return duck::write_parts(sql, "SELECT *, hash(patient) % 64 AS bucket FROM " + table.sql(),
                             to / name, "bucket");
  };
  RETURN_IF_ERROR(copied("patients", {"patient", "practice", "birth_year", "sex", "department"},
                         {"VARCHAR", "VARCHAR", "INTEGER", "VARCHAR", "VARCHAR"}));
  RETURN_IF_ERROR(copied("events", {"patient", "practice", "date", "kind", "code", "value"},
                         {"VARCHAR", "VARCHAR", "DATE", "VARCHAR", "VARCHAR", "DOUBLE"}));
  return std::string();
}

}  // namespace

Status import_bench(const Setting& setting, Figures& figures) {
  RETURN_IF_ERROR(need_csv(setting));
  const fs::path copies = setting.folder / "copy";
  ASSIGN_OR_RETURN(const Measured duckdb,
                   in_child([&] { return copy(csv_of(setting), copies, setting.threads); }));
  fs::remove_all(copies);
  ASSIGN_OR_RETURN(const Measured imported, import(setting));
  figures.add("import.time", imported.seconds, "s", "DuckDB COPY", duckdb.seconds, 1.5);
  figures.add("import.memory", imported.megabytes, "MB", "4 GB", 4096, 1);
  return {};
}

}  // namespace parcours::bench
