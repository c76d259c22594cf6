// Flat risk beside what one would use instead: counting classes of records alike beside DuckDB's
// GROUP BY of the same in-memory table, reading the file beside DuckDB's own, minimal sample
// uniques beside sdcMicro, and the attacks beside anonymeter. The last two are beside times that
// were measured once, on a machine of two cores, with the census file Adult, and are left out where
// the file is not there.

#include <fmt/format.h>

#include <array>
#include <charconv>
#include <chrono>
#include <fstream>

#include "base/random.h"
#include "bench/bench.h"
#include "bench/measure.h"
#include "microdata/classes.h"
#include "microdata/linkage.h"
#include "microdata/read_microdata.h"
#include "microdata/singling_out.h"
#include "microdata/suda.h"

namespace parcours::bench {
namespace {

namespace fs = std::filesystem;

// sdcMicro 5.8.1, the R function suda2 alone, Adult's nine columns.
constexpr double sdcmicro_suda2_seconds = 0.349;
// anonymeter 1.1.0, Adult's nine columns, 2,000 attacks.
constexpr double anonymeter_singling_out_seconds = 52;
constexpr double anonymeter_linkability_seconds = 27;
constexpr double anonymeter_inference_seconds = 19;
constexpr std::size_t attacks = 2000;

const fs::path adult_file = "../shared/data/arx_adult/adult.csv";

// As many different values as Adult's columns have, the first ones frequent.
struct ColumnOfAdult {
  const char* name;
  std::uint32_t values;
};
constexpr std::array<ColumnOfAdult, 9> columns_of_adult = {{{"sex", 2},
                                                            {"age", 72},
                                                            {"race", 5},
                                                            {"marital_status", 7},
                                                            {"education", 16},
                                                            {"native_country", 41},
                                                            {"workclass", 7},
                                                            {"occupation", 14},
                                                            {"salary_class", 2}}};

// Adult's likeness: 30,162 people drawn by a seed, and every line one of them.
Status write_adult_like(const fs::path& path, std::size_t records) {
  constexpr std::size_t people = 30162;
  Random random(1994);
  std::vector<std::string> lines;
  for (std::size_t i = 0; i < people; ++i) {
    std::string line;
    for (const auto& [name, values] : columns_of_adult) {
      const std::uint32_t value = random.below(random.below(values) + 1);
      line += line.empty() ? "" : ";";
      line += std::string_view(name) == "age" ? std::to_string(17 + value)
                                              : fmt::format("{}-{:02}", name, value);
    }
    lines.push_back(line + "\n");
  }
  std::ofstream file(path, std::ios::binary);
  std::string header;
  for (const auto& [name, values] : columns_of_adult) {
    header += (header.empty() ? "" : ";") + std::string(name);
  }
  file << header << "\n";
  for (std::size_t i = 0; i < records; ++i) {
    file << lines[random.below(people)];
  }
  return file.good() ? Status{} : machine_fault("the lines could not be written", path.string());
}

// What a child measures of itself: seconds of two pieces of work, and an answer to be held to.
struct Halfway {
  double first = 0;
  double second = 0;
  double megabytes = 0;
  std::string answer;
};

double seconds_since(std::chrono::steady_clock::time_point began) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
}

Result<Halfway> halfway(const std::function<Result<std::string>()>& work) {
  ASSIGN_OR_RETURN(const Measured measured, in_child(work));
  Halfway result{.megabytes = measured.megabytes};
  const char* at = measured.answer.data();
  const char* end = at + measured.answer.size();
  at = std::from_chars(at, end, result.first).ptr + 1;
  at = std::from_chars(at, end, result.second).ptr + 1;
  result.answer.assign(at, end);
  return result;
}

std::string told(double first, double second, std::uint64_t classes, std::uint64_t uniques) {
  return fmt::format("{:.6f} {:.6f} {} classes, {} uniques", first, second, classes, uniques);
}

Result<std::string> duckdb_counts(const fs::path& file, int threads) {
  ASSIGN_OR_RETURN(duck::Database database, duck::Database::open({.threads = threads}));
  ASSIGN_OR_RETURN(duck::Connection sql, database.connect());
  const auto began = std::chrono::steady_clock::now();
  ASSIGN_OR_RETURN(InputFile input, InputFile::open(file));
  duck::CsvForm form{.separator = ';'};
  for (const auto& [name, values] : columns_of_adult) {
    form.columns.emplace_back(name);
    form.types.emplace_back(std::string_view(name) == "age" ? "INTEGER" : "VARCHAR");
  }
  const duck::FileTable table = duck::FileTable::csv(std::move(input), form);
  RETURN_IF_ERROR(sql.run("CREATE TABLE lines AS SELECT * FROM " + table.sql()));
  const double reading = seconds_since(began);
  const auto read = std::chrono::steady_clock::now();
  ASSIGN_OR_RETURN(duck::Stream rows,
                   sql.stream("SELECT count(*), count(*) FILTER (n = 1) FROM (SELECT count(*) AS n "
                              "FROM lines GROUP BY sex, age, race, marital_status, education, "
                              "native_country, workclass, occupation, salary_class)"));
  ASSIGN_OR_RETURN(const bool any, rows.next());
  if (!any) {
    return machine_fault("DuckDB gave no answer");
  }
  return told(reading, seconds_since(read),
              static_cast<std::uint64_t>(rows.column<std::int64_t>(0)[0]),
              static_cast<std::uint64_t>(rows.column<std::int64_t>(1)[0]));
}

Result<microdata::Microdata> read(const fs::path& path, int threads) {
  ASSIGN_OR_RETURN(exports::ExportFile file, exports::ExportFile::open(path, threads));
  Progress progress(Progress::Manner::none);
  const Stop stop;
  return microdata::read_microdata(file, {.threads = threads}, progress, stop);
}

Result<std::string> counts(const fs::path& file, int threads) {
  const auto began = std::chrono::steady_clock::now();
  ASSIGN_OR_RETURN(const microdata::Microdata data, read(file, threads));
  const double reading = seconds_since(began);
  const auto there = std::chrono::steady_clock::now();
  const microdata::ClassSizes sizes =
      microdata::count_classes(data, microdata::every_column(data), threads);
  return told(reading, seconds_since(there), sizes.classes(), sizes.uniques());
}

Status classes_bench(const Setting& setting, Figures& figures) {
  const fs::path file = setting.folder / (setting.full ? "adult_like.csv" : "adult_like_small.csv");
  if (!fs::exists(file)) {
    RETURN_IF_ERROR(write_adult_like(file, setting.full ? 3'000'000 : 150'000));
  }
  // In turns, so that what else the machine does meets both alike; the best of each.
  Halfway duckdb;
  Halfway ours;
  const auto keep_best = [](Halfway& best, const Halfway& turn) {
    best.first = best.answer.empty() ? turn.first : std::min(best.first, turn.first);
    best.second = best.answer.empty() ? turn.second : std::min(best.second, turn.second);
    best.megabytes = std::max(best.megabytes, turn.megabytes);
    best.answer = turn.answer;
  };
  for (int turn = 0; turn < 3; ++turn) {
    ASSIGN_OR_RETURN(const Halfway theirs,
                     halfway([&] { return duckdb_counts(file, setting.threads); }));
    ASSIGN_OR_RETURN(const Halfway mine, halfway([&] { return counts(file, setting.threads); }));
    if (theirs.answer != mine.answer) {
      return machine_fault("the two ways to count differ: " + mine.answer, {},
                           "DuckDB says " + theirs.answer);
    }
    keep_best(duckdb, theirs);
    keep_best(ours, mine);
  }
  fmt::print("{}\n", ours.answer);
  figures.add("classes.time", ours.second, "s", "DuckDB GROUP BY", duckdb.second, 1.0 / 3);
  figures.add("classes.reading", ours.first, "s", "DuckDB read_csv", duckdb.first, 1.0);
  figures.add("classes.memory", ours.megabytes, "MB", "DuckDB", duckdb.megabytes, 1.0);
  return {};
}

Result<std::string> suda2(int threads) {
  ASSIGN_OR_RETURN(const microdata::Microdata adult, read(adult_file, threads));
  Progress progress(Progress::Manner::none);
  const Stop stop;
  ASSIGN_OR_RETURN(
      const auto found,
      microdata::minimal_uniques(
          microdata::code_columns(adult, microdata::every_column(adult)), adult.records,
          {.most_columns = 9, .most_found = 10'000'000, .threads = threads}, progress, stop));
  const microdata::Suda suda = microdata::suda_scores(found, 9, adult.records);
  return fmt::format("{} minimal uniques, scores {:.0f}", suda.uniques(), suda.score_sum);
}

// Each attack with the reading of the file.
Result<std::string> attack(const std::string& which, int threads) {
  ASSIGN_OR_RETURN(const microdata::Microdata adult, read(adult_file, threads));
  Progress progress(Progress::Manner::none);
  const Stop stop;
  const microdata::AttackDraws draws{.attacks = attacks, .seed = 1, .threads = threads};
  microdata::ColumnChoice known = microdata::every_column(adult);
  if (which == "singling out") {
    ASSIGN_OR_RETURN(const microdata::SinglingOut found,
                     microdata::single_out(adult, known, 4, draws, progress, stop));
    return fmt::format("singled out {:.3f}, strangers {:.3f}", found.exported.value(),
                       found.held_out.value());
  }
  known.pop_back();
  if (which == "linkability") {
    ASSIGN_OR_RETURN(const microdata::Linkage found,
                     microdata::link_halves(adult, known, draws, progress, stop));
    return fmt::format("joined {}, by chance {}", found.joined.some, found.joined_by_chance.some);
  }
  ASSIGN_OR_RETURN(const microdata::Inference found,
                   microdata::infer(adult, known, known.size(), draws, progress, stop));
  return fmt::format("guessed {:.3f}, of strangers {:.3f}", found.exported.value(),
                     found.held_out.value());
}

Status adult_bench(const Setting& setting, Figures& figures) {
  if (!fs::exists(adult_file)) {
    fmt::print("Adult is not here: {} would be it\n", adult_file.string());
    return {};
  }
  ASSIGN_OR_RETURN(const Measured suda, best_of(3, [&] { return suda2(setting.threads); }));
  fmt::print("{}\n", suda.answer);
  figures.add("suda2.time", suda.seconds, "s", "sdcMicro within R", sdcmicro_suda2_seconds,
              0.1 / sdcmicro_suda2_seconds);
  figures.add("suda2.memory", suda.megabytes, "MB", "200 MB", 200, 1);
  struct Beside {
    std::string attack;
    double seconds;
  };
  for (const Beside& beside : {Beside{"singling out", anonymeter_singling_out_seconds},
                               Beside{"linkability", anonymeter_linkability_seconds},
                               Beside{"inference", anonymeter_inference_seconds}}) {
    ASSIGN_OR_RETURN(const Measured ours,
                     best_of(3, [&] { return attack(beside.attack, setting.threads); }));
    fmt::print("{}: {}\n", beside.attack, ours.answer);
    figures.add(beside.attack + ".time", ours.seconds, "s", "anonymeter", beside.seconds, 0.01);
  }
  return {};
}

}  // namespace

Status microdata_bench(const Setting& setting, Figures& figures) {
  RETURN_IF_ERROR(classes_bench(setting, figures));
  return adult_bench(setting, figures);
}

}  // namespace parcours::bench
