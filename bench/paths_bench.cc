// How many patients a few known dated events single out: the whole curve, beside what it may take,
// and its exact points beside the SQL that a reader would write.

#include <fmt/format.h>

#include <cmath>

#include "bench/bench.h"
#include "bench/measure.h"
#include "bench/panel.h"
#include "duck/duck.h"
#include "paths/uniqueness.h"
#include "paths/vault_paths.h"
#include "vault/bucket_file.h"
#include "vault/catalog.h"

namespace parcours::bench {
namespace {

namespace fs = std::filesystem;

using Known = std::vector<std::optional<std::uint32_t>>;

constexpr std::uint64_t draws = 200'000;

// The points' shares to seven digits: what two ways must agree on.
Result<std::string> curve(const fs::path& path, const Known& known,
                          const std::vector<std::int32_t>& within, int threads) {
  ASSIGN_OR_RETURN(const vault::Vault vault, vault::Vault::open(path));
  Progress progress(Progress::Manner::none);
  const Stop stop;
  ASSIGN_OR_RETURN(const paths::PathsRead read, paths::read_paths(vault, threads, progress, stop));
  ASSIGN_OR_RETURN(
      const auto points,
      paths::uniqueness_curve(read.paths, {known, within, draws, 1, threads}, progress, stop));
  std::string answer;
  for (const paths::CurvePoint& point : points) {
    answer += fmt::format("{:.7f} ", point.share.value());
  }
  return answer;
}

Result<std::string> read_alone(const fs::path& path, int threads) {
  ASSIGN_OR_RETURN(const vault::Vault vault, vault::Vault::open(path));
  Progress progress(Progress::Manner::none);
  const Stop stop;
  ASSIGN_OR_RETURN(const paths::PathsRead read, paths::read_paths(vault, threads, progress, stop));
  return fmt::format("{} patients", read.paths.patients());
}

Result<std::string> share_in_sql(const fs::path& path, const fs::path& scratch, int threads,
                                 const std::string& sql) {
  ASSIGN_OR_RETURN(const vault::Vault vault, vault::Vault::open(path));
  ASSIGN_OR_RETURN(const duck::FileTable events, vault::file_table(vault, vault::Content::events));
  ASSIGN_OR_RETURN(duck::Database database,
                   duck::Database::open({.threads = threads, .scratch = scratch.string()}));
  ASSIGN_OR_RETURN(duck::Connection connection, database.connect());
  ASSIGN_OR_RETURN(duck::Stream rows,
                   connection.stream(fmt::format(
                       "WITH pairs AS MATERIALIZED (SELECT DISTINCT patient, code, day FROM {}) {}",
                       events.sql(), sql)));
  ASSIGN_OR_RETURN(const bool any, rows.next());
  if (!any) {
    return machine_fault("DuckDB gave no answer");
  }
  return fmt::format("{:.7f} ", rows.column<double>(0)[0]);
}

// Within 0 days, one known event: who is alone with each.
constexpr const char* one_known = R"(
, lone AS (SELECT code, day FROM pairs GROUP BY ALL HAVING count(*) = 1)
SELECT avg(share) FROM (
  SELECT patient, count(lone.code) / count(*) AS share FROM pairs LEFT JOIN lone USING (code, day) GROUP BY patient))";

// Within 0 days, all events: whoever else has the rarest of them is compared event by event. The
// steps are materialized: left to itself, the planner joins all pairs with all pairs.
constexpr const char* all_known = R"(
, counts AS (SELECT code, day, count(*) AS n FROM pairs GROUP BY ALL),
sizes AS (SELECT patient, count(*) AS events FROM pairs GROUP BY patient),
rarest AS (SELECT patient, arg_min((code, day), n) AS rare, min(n) AS n FROM pairs JOIN counts USING (code, day) GROUP BY patient),
candidates AS MATERIALIZED (
  SELECT r.patient, p.patient AS other FROM rarest r JOIN pairs p ON p.code = r.rare[1] AND p.day = r.rare[2]
  JOIN sizes s ON s.patient = r.patient JOIN sizes o ON o.patient = p.patient
  WHERE r.n > 1 AND p.patient <> r.patient AND o.events >= s.events),
wanted AS MATERIALIZED (SELECT c.patient, c.other, a.code, a.day FROM candidates c JOIN pairs a USING (patient)),
shared AS (
  SELECT w.patient, w.other, count(*) AS n FROM wanted w JOIN pairs b ON b.patient = w.other AND b.code = w.code AND b.day = w.day
  GROUP BY ALL),
found AS (SELECT DISTINCT patient FROM shared JOIN sizes USING (patient) WHERE n = events)
SELECT 1 - (SELECT count(*) FROM found) / (SELECT count(*) FROM sizes))";

}  // namespace

Status paths_bench(const Setting& setting, Figures& figures) {
  RETURN_IF_ERROR(need_vault(setting));
  const fs::path vault = vault_of(setting);
  const fs::path scratch = setting.folder / "scratch";
  const Known whole = {1, 2, 3, 4, std::nullopt};

  ASSIGN_OR_RETURN(const Measured reading,
                   in_child([&] { return read_alone(vault, setting.threads); }));
  ASSIGN_OR_RETURN(const Measured measured, in_child([&] {
                     return curve(vault, whole, {0, 7}, setting.threads);
                   }));
  fmt::print("{}\nof it, reading {:.2f} s\n", measured.answer, reading.seconds);
  figures.add("paths.curve.memory", measured.megabytes, "MB", "1.1 GB", 1126, 1);

  struct Point {
    const char* name;
    std::optional<std::uint32_t> known;
    const char* sql;
  };
  for (const Point& point : {Point{"one", 1, one_known}, Point{"all", std::nullopt, all_known}}) {
    if (point.known != 1 && setting.full) {
      continue;  // the candidates of the SQL grow with the square of the patients
    }
    ASSIGN_OR_RETURN(const Measured sql, in_child([&] {
                       return share_in_sql(vault, scratch, setting.threads, point.sql);
                     }));
    if (point.known == 1) {
      figures.add("paths.curve.time", measured.seconds, "s", "DuckDB SQL, one event, 0 days alone",
                  sql.seconds, 1.5);
      figures.add("paths.curve.processor", measured.processor, "s",
                  "DuckDB SQL, one event, 0 days alone", sql.processor, 1.5);
    }
    ASSIGN_OR_RETURN(const Measured ours,
                     best_of(2, [&] { return curve(vault, {point.known}, {0}, setting.threads); }));
    if (ours.answer != sql.answer) {
      return machine_fault("the two ways to ask differ: " + ours.answer, {},
                           "DuckDB says " + sql.answer);
    }
    const std::string name = fmt::format("paths.{}", point.name);
    figures.add(name + ".time", ours.seconds, "s", "DuckDB SQL", sql.seconds, 1);
    figures.add(name + ".memory", ours.megabytes, "MB", "DuckDB SQL", sql.megabytes, 1);
  }
  return {};
}

}  // namespace parcours::bench
