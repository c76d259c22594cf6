// A file of events with 200 columns, as nobody prepared it: how long parcours risk takes to guess
// the columns, to say the first sentence of its answer and all of it, beside DuckDB reading the
// same columns once.

#include <fmt/format.h>

#include "bench/bench.h"
#include "bench/measure.h"
#include "bench/panel.h"
#include "duck/duck.h"
#include "duck/file_table.h"

namespace parcours::bench {
namespace {

namespace fs = std::filesystem;

constexpr int columns = 200;

// A number below `below` that the line, and what it is drawn for, decide.
std::string drawn(int what, int below) {
  return fmt::format("(hash(line * 1000 + {}) % {})", what, below);
}

std::string other_column(int number) {
  switch (number % 4) {
    case 0:
      return fmt::format("{}::int AS answer{}", drawn(number, 7), number);
    case 1:
      return fmt::format("CASE WHEN {} < 3 THEN NULL ELSE 'v' || {} END AS word{}",
                         drawn(number, 10), drawn(number + columns, 20), number);
    case 2:
      return fmt::format("round({} / 100.0, 2) AS measure{}", drawn(number, 100'000), number);
    default:
      return fmt::format("{}::int AS flag{}", drawn(number, 2), number);
  }
}

std::string lines_of_events(std::uint64_t lines) {
  std::string list =
      "'P' || lpad((line // 5)::varchar, 7, '0') AS patient_id, DATE '2019-01-01' + " +
      drawn(1, 1800) + "::int AS visit_date, chr(65 + " + drawn(2, 20) + "::int) || lpad(" +
      drawn(3, 90) +
      "::varchar, 2, '0') AS diagnosis_code, CASE hash(line // 5) % 2 WHEN 0 THEN 'M' ELSE 'F' END "
      "AS sex, (1930 + hash(line // 5 * 3) % 80)::int AS birth_year";
  for (int number = 5; number < columns; ++number) {
    list += ", " + other_column(number);
  }
  return fmt::format("SELECT {} FROM range({}) lines(line)", list, lines);
}

Status need_file(const fs::path& path, std::uint64_t lines, const std::string& how) {
  if (fs::exists(path)) {
    return {};
  }
  const fs::path part = path.string() + ".part";
  fs::remove(part);
  ASSIGN_OR_RETURN(duck::Database database, duck::Database::open({}));
  ASSIGN_OR_RETURN(duck::Connection connection, database.connect());
  RETURN_IF_ERROR(duck::write_table(connection, lines_of_events(lines), part, how));
  fs::rename(part, path);
  return {};
}

// Every value of every column, looked at once.
Result<std::string> read_in_sql(const fs::path& path, bool csv, int threads) {
  ASSIGN_OR_RETURN(InputFile file, InputFile::open(path));
  duck::CsvForm form;
  for (int number = 0; number < columns; ++number) {
    form.columns.push_back(fmt::format("c{}", number));
  }
  const duck::FileTable table =
      csv ? duck::FileTable::csv(std::move(file), form) : duck::FileTable::parquet(std::move(file));
  ASSIGN_OR_RETURN(duck::Database database, duck::Database::open({.threads = threads}));
  ASSIGN_OR_RETURN(duck::Connection connection, database.connect());
  ASSIGN_OR_RETURN(
      duck::Stream rows,
      connection.stream("SELECT CAST(bit_xor(hash(COLUMNS(*))) AS VARCHAR) FROM " + table.sql(),
                        table));
  ASSIGN_OR_RETURN(const bool any, rows.next());
  return any ? Result<std::string>("read") : machine_fault("DuckDB gave no answer");
}

}  // namespace

Status wide_bench(const Setting& setting, Figures& figures) {
  const std::uint64_t lines = setting.full ? 3'000'000 : 200'000;
  for (const bool csv : {false, true}) {
    const fs::path file =
        setting.folder /
        fmt::format("wide-{}.{}", setting.full ? "full" : "small", csv ? "csv" : "parquet");
    // In a process of its own, so that DuckDB leaves no threads behind.
    ASSIGN_OR_RETURN(
        const Measured made, in_child([&]() -> Result<std::string> {
          RETURN_IF_ERROR(need_file(file, lines, csv ? "FORMAT csv, HEADER" : "FORMAT parquet"));
          return std::string();
        }));
    ASSIGN_OR_RETURN(const Measured sql,
                     in_child([&] { return read_in_sql(file, csv, setting.threads); }));
    ASSIGN_OR_RETURN(const Measured guess,
                     run_parcours({"risk", file.string(), "--guess", "--quiet"}));
    std::vector<std::string> words = {"risk", file.string(), "--threads",
                                      std::to_string(setting.threads)};
    ASSIGN_OR_RETURN(const double first,
                     seconds_until("The first part of the answer", running_parcours(words)));
    words.emplace_back("--quiet");
    ASSIGN_OR_RETURN(const Measured risk, run_parcours(words));
    const std::string name = csv ? "wide.csv." : "wide.parquet.";
    figures.add(name + "guess.time", guess.seconds, "s", "what it may take", 2, 1);
    figures.add(name + "guess.memory", guess.megabytes, "MB", "what it may take", 512, 1);
    figures.add(name + "risk.first", first, "s", "what it may take", 30, 1);
    figures.add(name + "risk.time", risk.seconds, "s", "DuckDB, every column read once",
                sql.seconds, csv ? 3 : 10);
    figures.add(name + "risk.memory", risk.megabytes, "MB", "1 GB", 1024, 1);
  }
  return {};
}

}  // namespace parcours::bench
