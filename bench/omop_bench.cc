// Reading an OMOP database in CSV files as rows, beside DuckDB merely reading the same files.

#include <fmt/format.h>

#include "base/csv.h"
#include "base/files.h"
#include "bench/bench.h"
#include "bench/measure.h"
#include "duck/duck.h"
#include "ingest/check.h"
#include "omop/omop.h"
#include "synth/panel.h"

namespace parcours::bench {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t patients_small = 50'000;
constexpr std::uint64_t patients_full = 500'000;

Result<std::vector<fs::path>> made_tables(const fs::path& folder, std::uint64_t patients) {
  if (!fs::exists(folder)) {
    synth::PanelOptions options{.patients = patients, .threads = 2};
    options.first = *day_of(2021, 1, 1);
    options.last = *day_of(2024, 12, 31);
    options.form = synth::PanelForm::omop;
    Progress progress(Progress::Manner::none);
    Stop stop;
    RETURN_IF_ERROR(synth::write_panel(folder, options, progress, stop));
  }
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(folder)) {
    if (!omop::table_of_file(entry.path()).empty()) {
      files.push_back(entry.path());
    }
  }
  std::ranges::sort(files);
  return files;
}

// Every field of every table as text, on one thread.
Result<std::string> read_by_duckdb(const std::vector<fs::path>& files) {
  ASSIGN_OR_RETURN(duck::Database database, duck::Database::open({.threads = 1}));
  ASSIGN_OR_RETURN(duck::Connection connection, database.connect());
  for (const fs::path& path : files) {
    std::vector<std::string> columns;
    {
      ASSIGN_OR_RETURN(const CsvFile csv, CsvFile::open(path));
      columns = csv.header().reveal();
    }
    ASSIGN_OR_RETURN(InputFile file, InputFile::open(path));
    const duck::FileTable table =
        duck::FileTable::csv(std::move(file), {.columns = std::move(columns)});
    ASSIGN_OR_RETURN(
        duck::Stream answer,
        connection.stream("SELECT sum(length(COLUMNS(*))) FROM " + table.sql(), table));
    RETURN_IF_ERROR(answer.next());
  }
  return std::string();
}

Result<std::string> read_as_rows(const std::vector<fs::path>& files, const fs::path& folder) {
  ASSIGN_OR_RETURN(ingest::Choices choices, ingest::read_choices(folder / "choices.toml"));
  ASSIGN_OR_RETURN(auto tables, omop::open_files(shown_as_they_are(files)));
  ASSIGN_OR_RETURN(const auto intake, omop::make_intake(std::move(tables), std::move(choices)));
  ingest::Quarantine quarantine(0);
  const Stop stop;
  ASSIGN_OR_RETURN(const ingest::CheckCounts counts,
                   ingest::check(*intake, quarantine, stop, nullptr, 1));
  return std::to_string(counts.rows);
}

}  // namespace

Status omop_bench(const Setting& setting, Figures& figures) {
  const fs::path folder = setting.folder / "omop";
  ASSIGN_OR_RETURN(const std::vector<fs::path> files,
                   made_tables(folder, setting.full ? patients_full : patients_small));
  double megabytes = 0;
  for (const fs::path& file : files) {
    megabytes += static_cast<double>(fs::file_size(file)) / 1e6;
  }
  ASSIGN_OR_RETURN(const Measured duckdb, best_of(3, [&] { return read_by_duckdb(files); }));
  ASSIGN_OR_RETURN(const Measured reading, best_of(3, [&] { return read_as_rows(files, folder); }));
  fmt::print("omop: {:.0f} MB of tables, {:.0f} MB/s on one thread, DuckDB {:.0f} MB/s\n",
             megabytes, megabytes / reading.seconds, megabytes / duckdb.seconds);
  figures.add("omop.time", reading.seconds, "s", "DuckDB reading the files", duckdb.seconds, 2);
  figures.add("omop.memory", reading.megabytes, "MB", "1 GB", 1024, 1);
  return {};
}

}  // namespace parcours::bench
