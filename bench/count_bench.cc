// Counting age band x sex x code with crowds, beside SQL on the same files, and beside merely
// reading the columns that it needs.

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <thread>

#include "base/check.h"
#include "base/files.h"
#include "base/threads.h"
#include "bench/bench.h"
#include "bench/measure.h"
#include "bench/panel.h"
#include "crowds/count.h"
#include "duck/duck.h"
#include "formalities/signing_key.h"
#include "vault/bucket_file.h"
#include "vault/catalog.h"
#include "vault/formal.h"
#include "vault/verified_file.h"
#include "vault/walk.h"

namespace parcours::bench {
namespace {

namespace fs = std::filesystem;

constexpr std::uint32_t practices_exact = 3;

constexpr const char* study_text = R"(
[study]
id     = "bench"
title  = { en = "Everything by age and sex", fr = "Tout par âge et sexe" }
permit = "none"
period = [2023-01-01, 2025-12-31]
rules  = "none"

[population]
index = 2025-12-31

[variables]
sex = { field = "sex" }
age = { field = "age", bands = [0, 5, 10, 15, 20, 25, 30, 35, 40, 45, 50, 55, 60, 65, 70, 75, 80, 85, 90, 95] }

[[table]]
id   = "all"
by   = ["age", "sex"]
each = { code = "*" }
)";

// What both ways must agree on: cells with anybody in them, their patients, their practices up to
// three.
std::string answer(std::uint64_t cells, std::uint64_t patients, std::uint64_t practices) {
  return fmt::format("{} cells, {} patients, {} practices", cells, patients, practices);
}

Result<std::string> count_crowds(const vault::VaultPlace& place, int threads) {
  ASSIGN_OR_RETURN(const vault::Vault vault, vault::Vault::open(place));
  ASSIGN_OR_RETURN(const study::Study study,
                   study::parse_study(study_text, "bench.toml", vault.calendar()));
  const std::optional<vault::Period> period = vault.period();
  ASSIGN_OR_RETURN(
      const study::Plan plan,
      study::Plan::make(study, vault.codes(), vocabulary::Vocabulary::built_in(), vault.practices(),
                        vault.calendar(), std::pair(period->first, period->last)));
  Progress progress(Progress::Manner::none);
  const Stop stop;
  const crowds::CountOptions options{.threads = threads, .practices_exact = practices_exact};
  ASSIGN_OR_RETURN(const crowds::Counted counted, count(vault, plan, options, progress, stop));

  const crowds::CrowdTable& table = counted.tables.front();
  const std::size_t ages = table.dimensions[0].categories.size();
  const std::size_t sexes = table.dimensions[1].categories.size();
  const std::size_t codes = table.dimensions[2].categories.size();
  std::uint64_t cells = 0;
  std::uint64_t patients = 0;
  std::uint64_t practices = 0;
  for (std::size_t age = 0; age < ages; ++age) {
    for (std::size_t sex = 0; sex < sexes; ++sex) {
      for (std::size_t code = 0; code < codes; ++code) {
        const crowds::Crowd& crowd = table.cells[(age * (sexes + 1) + sex) * (codes + 1) + code];
        cells += crowd.patients > 0 ? 1 : 0;
        patients += crowd.patients;
        practices += crowd.practices;
      }
    }
  }
  return answer(cells, patients, practices);
}

Result<duck::Connection> duckdb(const fs::path& scratch, int threads) {
  ASSIGN_OR_RETURN(duck::Database database,
                   duck::Database::open({.threads = threads, .scratch = scratch.string()}));
  return database.connect();
}

// The quickest of several ways to say it: duplicates go first, once; a patient of several practices
// is met again only in counting distinct patients of what is left.
Result<std::string> count_in_sql(const fs::path& path, const fs::path& scratch, int threads) {
  ASSIGN_OR_RETURN(const vault::Vault vault, vault::Vault::open(path));
  ASSIGN_OR_RETURN(const duck::FileTable patients,
                   vault::file_table(vault, vault::Content::patients));
  ASSIGN_OR_RETURN(const duck::FileTable events, vault::file_table(vault, vault::Content::events));
  ASSIGN_OR_RETURN(duck::Connection sql, duckdb(scratch, threads));
  ASSIGN_OR_RETURN(duck::Stream rows, sql.stream(fmt::format(
                                          R"(
WITH people AS (
  SELECT patient, coalesce(least((2025 - birth_year) // 5, 19), 99)::UTINYINT AS age, sex FROM {0}),
met AS (
  SELECT DISTINCT age, sex, code, e.practice, patient
  FROM {1} e JOIN people USING (patient)),
per_practice AS (
  SELECT age, sex, code, practice, count(*) AS n FROM met GROUP BY ALL),
shares AS (
  SELECT age, sex, code, count(*) AS practices, max(n) AS largest FROM per_practice GROUP BY ALL),
crowds AS (
  SELECT age, sex, code, count(DISTINCT patient) AS patients FROM met GROUP BY ALL)
SELECT count(*), sum(patients)::BIGINT, sum(least(practices, {2}))::BIGINT,
       max(largest / patients)
FROM crowds JOIN shares USING (age, sex, code))",
                                          patients.sql(), events.sql(), practices_exact)));
  ASSIGN_OR_RETURN(const bool any, rows.next());
  if (!any) {
    return machine_fault("DuckDB gave no answer");
  }
  const auto number = [&](std::size_t column) {
    return static_cast<std::uint64_t>(rows.column<std::int64_t>(column)[0]);
  };
  return answer(number(0), number(1), number(2));
}

// Reads patient, practice and code of every event, as the walk's reader does, and drops them.
Result<std::string> read_columns(const fs::path& path, int threads) {
  ASSIGN_OR_RETURN(const vault::Vault vault, vault::Vault::open(path));
  std::vector<fs::path> files;
  for (const vault::BucketFile& file : vault.catalog().files) {
    if (file.content == vault::Content::events) {
      files.push_back(file.path(path));
    }
  }
  std::atomic<std::size_t> next{0};
  std::atomic<std::uint64_t> events{0};
  std::atomic<bool> failed{false};
  const auto read = [&]() -> Status {
    ASSIGN_OR_RETURN(duck::Connection sql, duckdb({}, 1));
    for (std::size_t i = next++; i < files.size(); i = next++) {
      ASSIGN_OR_RETURN(InputFile file, InputFile::open(files[i]));
      const duck::FileTable table = duck::FileTable::parquet(std::move(file));
      ASSIGN_OR_RETURN(duck::Stream rows,
                       sql.stream("SELECT patient, practice, code FROM " + table.sql(), table));
      RETURN_IF_ERROR(duck::for_chunks(rows, [&] { events += rows.rows(); }));
    }
    return {};
  };
  {
    std::vector<std::jthread> workers;
    for (int i = 0; i < threads; ++i) {
      workers.emplace_back([&] {
        if (!read()) {
          failed = true;
        }
      });
    }
  }
  if (failed) {
    return machine_fault("the panel's events could not be read", path.string());
  }
  return fmt::format("{} events", events.load());
}

// Holds every file of the vault against the catalog, as the walk's reader does, and reads no row.
Result<std::string> verify_files(const fs::path& path, int threads) {
  ASSIGN_OR_RETURN(const vault::Vault vault, vault::Vault::open(path));
  const std::vector<vault::BucketFile>& files = vault.catalog().files;
  std::atomic<std::size_t> next{0};
  const auto verify = [&](int) -> Status {
    ASSIGN_OR_RETURN(vault::VerifiedFile file, vault::VerifiedFile::make());
    for (std::size_t i = next++; i < files.size(); i = next++) {
      RETURN_IF_ERROR(file.read(path, files[i]));
    }
    return {};
  };
  RETURN_IF_ERROR(at_once(threads, verify));
  return fmt::format("{} files", files.size());
}

// A permit in the place of the panel's, under which each event has to be asked whether it lives:
// its days begin a week after the panel's, and its retention counts from the fact.
Status enter_narrower(const fs::path& copy, const fs::path& keeper) {
  ASSIGN_OR_RETURN(std::string text,
                   read_file(fs::path(PARCOURS_SOURCE_DIR) / "examples/panel/permit.toml"));
  const auto change = [&](std::string_view line, std::string_view by) {
    const std::size_t at = text.find(line);
    PARCOURS_CHECK(at != std::string::npos);
    text.replace(at, text.find('\n', at) - at, by);
  };
  change("reference", "reference = \"BENCH-2\"\nsupersedes = \"2026-DR-014\"");
  change("days ", "days = [2023-01-08, 2199-12-31]");
  change("years ", "years = 50");
  change("from ", "from = \"fact\"");
  ASSIGN_OR_RETURN(const formalities::SigningKey key, formalities::SigningKey::read(keeper));
  const std::string signature = key.sign(text, formalities::act_signature);
  return vault::enter_act(copy, std::move(text), signature, "the bench's permit");
}

// A copy of the vault in which one patient of 200 objected, under a narrower permit.
Status with_formalities(const fs::path& vault, const fs::path& copy) {
  fs::remove_all(copy);
  fs::copy(vault, copy, fs::copy_options::recursive);
  ASSIGN_OR_RETURN(const vault::Vault open, vault::Vault::open(copy));
  Progress progress(Progress::Manner::none);
  std::vector<records::PatientId> patients;
  RETURN_IF_ERROR(
      vault::for_buckets(open, {}, "", progress, Stop(), [&](const vault::Bucket& bucket) {
        for (std::size_t i = 0; i < bucket.patients(); i += 200) {
          patients.push_back(bucket.people[i].id);
        }
      }));
  RETURN_IF_ERROR(vault::note_objections(copy, patients));
  return enter_narrower(copy, vault.string() + ".keeper");
}

}  // namespace

// What permits, objections and retention cost a count: the vault with objections and a permit that
// has to be asked of each event, beside itself without objections and with one that covers all.
Status formalities_bench(const Setting& setting, Figures& figures) {
  RETURN_IF_ERROR(need_vault(setting));
  const fs::path vault = vault_of(setting);
  const fs::path copy = setting.folder / "objections.vault";
  RETURN_IF_ERROR(with_formalities(vault, copy));
  constexpr int turns = 5;
  double without = 0;
  double with = 0;
  double processor_without = 0;
  double processor_with = 0;
  for (int turn = 0; turn < turns; ++turn) {
    ASSIGN_OR_RETURN(const Measured plain,
                     in_child([&] { return count_crowds(vault, setting.threads); }));
    ASSIGN_OR_RETURN(const Measured objected,
                     in_child([&] { return count_crowds(copy, setting.threads); }));
    without = turn == 0 ? plain.seconds : std::min(without, plain.seconds);
    with = turn == 0 ? objected.seconds : std::min(with, objected.seconds);
    processor_without = turn == 0 ? plain.processor : std::min(processor_without, plain.processor);
    processor_with = turn == 0 ? objected.processor : std::min(processor_with, objected.processor);
  }
  fs::remove_all(copy);
  figures.add("count.formalities", with, "s", "counting where all rows live", without, 1.1);
  // Of the processor: what else the machine does counts less.
  figures.add("count.formalities.processor", processor_with, "s", "counting where all rows live",
              processor_without, 1.1);
  return {};
}

// In turns, so that what else the machine does meets both alike; the best of each.
Status encryption_bench(const Setting& setting, Figures& figures) {
  constexpr int imports = 3;
  constexpr int counts = 7;
  double plain = 0;
  double encrypted = 0;
  for (int turn = 0; turn < imports; ++turn) {
    ASSIGN_OR_RETURN(const Measured without, import(setting));
    ASSIGN_OR_RETURN(const Measured with, import_encrypted(setting));
    plain = turn == 0 ? without.seconds : std::min(plain, without.seconds);
    encrypted = turn == 0 ? with.seconds : std::min(encrypted, with.seconds);
  }
  figures.add("encryption.import", encrypted, "s", "importing without it", plain, 1.1);
  ASSIGN_OR_RETURN(const vault::VaultPlace place, unlocked_vault_of(setting));
  for (int turn = 0; turn < counts; ++turn) {
    ASSIGN_OR_RETURN(const Measured without,
                     in_child([&] { return count_crowds(vault_of(setting), setting.threads); }));
    ASSIGN_OR_RETURN(const Measured with,
                     in_child([&] { return count_crowds(place, setting.threads); }));
    if (with.answer != without.answer) {
      return machine_fault("the encrypted vault gives another answer: " + with.answer);
    }
    plain = turn == 0 ? without.seconds : std::min(plain, without.seconds);
    encrypted = turn == 0 ? with.seconds : std::min(encrypted, with.seconds);
  }
  fs::remove_all(place.path());
  figures.add("encryption.count", encrypted, "s", "counting without it", plain, 1.1);
  return {};
}

Status count_bench(const Setting& setting, Figures& figures) {
  RETURN_IF_ERROR(need_vault(setting));
  const fs::path vault = vault_of(setting);
  const fs::path scratch = setting.folder / "scratch";
  ASSIGN_OR_RETURN(const Measured sql,
                   in_child([&] { return count_in_sql(vault, scratch, setting.threads); }));
  ASSIGN_OR_RETURN(const Measured crowds,
                   best_of(2, [&] { return count_crowds(vault, setting.threads); }));
  if (crowds.answer != sql.answer) {
    return machine_fault("the two ways to count differ: " + crowds.answer, {},
                         "DuckDB says " + sql.answer);
  }
  fmt::print("{}\n", crowds.answer);
  figures.add("count.time", crowds.seconds, "s", "DuckDB SQL", sql.seconds, 0.1);
  figures.add("count.memory", crowds.megabytes, "MB", "DuckDB SQL", sql.megabytes, 0.1);
  return {};
}

Status reading_bench(const Setting& setting, Figures& figures) {
  RETURN_IF_ERROR(need_vault(setting));
  const fs::path vault = vault_of(setting);
  // In turns, so that what else the machine does meets both alike; the best of each.
  constexpr int turns = 5;
  double reading = 0;
  double counting = 0;
  double verifying = 0;
  for (int turn = 0; turn < turns; ++turn) {
    ASSIGN_OR_RETURN(const Measured read,
                     in_child([&] { return read_columns(vault, setting.threads); }));
    ASSIGN_OR_RETURN(const Measured crowds,
                     in_child([&] { return count_crowds(vault, setting.threads); }));
    ASSIGN_OR_RETURN(const Measured verify,
                     in_child([&] { return verify_files(vault, setting.threads); }));
    verifying = turn == 0 ? verify.seconds : std::min(verifying, verify.seconds);
    reading = turn == 0 ? read.seconds : std::min(reading, read.seconds);
    counting = turn == 0 ? crowds.seconds : std::min(counting, crowds.seconds);
  }
  figures.add("count.over_reading", counting, "s", "reading the columns", reading, 3);
  figures.add("count.verifying", verifying, "s", "counting, of which it is a part", counting, 0.12);
  return {};
}

}  // namespace parcours::bench
