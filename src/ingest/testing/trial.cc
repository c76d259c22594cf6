#include "ingest/testing/trial.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <map>

#include "rows/row_columns.h"

namespace parcours::ingest {
namespace {

std::map<PatientId, std::string> names_of(const std::vector<std::string>& ids,
                                          const ProgrammeKey& key) {
  std::map<PatientId, std::string> names;
  for (const std::string& id : ids) {
    names[pseudonym(pseudonym_hash(key), id)] = id;
  }
  return names;
}

template <class Row, class Take>
void drain(duck::Source& source, std::string& error, Take take) {
  duck::Chunk chunk(source.columns());
  const std::unique_ptr<duck::Source::Reader> reader = source.reader();
  while (true) {
    const Result<std::size_t> rows = chunk.fill(*reader);
    if (!rows) {
      error = rows.error().sentence();
      return;
    }
    if (*rows == 0) {
      return;
    }
    for (std::size_t row = 0; row < *rows; ++row) {
      take(RowChunk<Row>(chunk)[row]);
    }
  }
}

// Rows in words.
struct Words {
  const CodeBook& codes;
  const CodeBook& practices;
  std::map<PatientId, std::string> names;

  std::string who(const PatientId& id, PracticeId practice) const {
    const auto name = names.find(id);
    return fmt::format("{} {}", name == names.end() ? "?" : name->second,
                       practices.at(practice).code);
  }
  std::string of(const PatientRow& row) const {
    const char* sexes[] = {"unknown", "female", "male"};
    const Patient& patient = row.patient;
    return fmt::format(
        "{} {} {} {}", who(patient.id, patient.practice),
        patient.birth_year == no_birth_year ? "-" : std::to_string(patient.birth_year),
        sexes[static_cast<std::size_t>(patient.sex)],
        patient.place == no_code ? "-" : codes.at(patient.place).code);
  }
  std::string of(const EventRow& row) const {
    const Code& code = codes.at(row.code);
    const KindId kind = static_cast<KindId>(row.kind);
    const bool sound = code.kind == kind && row.package == row.practice + 100;
    return fmt::format("{} {} {} {}:{} {}{}", who(row.patient, row.practice), row.day.number,
                       kinds()[kind], code.system, code.code,
                       has_value(row.value) ? fmt::format("{}", row.value) : "-",
                       sound ? "" : " inconsistent");
  }
};

}  // namespace

Trial::Trial() : folder_(*ScratchFolder::make(std::filesystem::temp_directory_path(), "trial-")) {}

Trial& Trial::knowing(std::vector<std::string> patients) {
  ids_ = std::move(patients);
  return *this;
}

Trial& Trial::file(const std::string& name, const std::string& text) {
  if (!write_file(folder_.path() / name, text)) {
    std::abort();
  }
  return *this;
}

Trial& Trial::most_bad_rows(std::uint64_t most) {
  most_ = most;
  return *this;
}

Trial& Trial::blocks_of(std::size_t bytes) {
  options_.block_bytes = bytes;
  return *this;
}

Outcome Trial::run(const std::string& text, int threads) const {
  Result<Mapping> mapping = parse_mapping(text, "m.toml");
  if (!mapping) {
    return {.error = mapping.error().sentence()};
  }
  const Result<Plan> plan = make_plan(*std::move(mapping), folder_.path(), options_);
  return plan ? run(*plan, threads) : Outcome{.error = shortened(plan.error().sentence())};
}

// Without the scratch folder's name.
std::string Trial::shortened(std::string text) const {
  const std::string folder = folder_.path().string() + "/";
  for (std::size_t at = text.find(folder); at != std::string::npos; at = text.find(folder)) {
    text.erase(at, folder.size());
  }
  return text;
}

Outcome Trial::run(const Plan& plan, int threads) const {
  CodeBook codes;
  CodeBook practices;  // names under numbers, which is all that is needed here
  const ProgrammeKey key = ProgrammeKey::generate();
  const Registry registry{
      .codes = codes,
      .key = key,
      .period = plan.mapping->period,
      .practice =
          [&](std::string_view name) {
            return practices.intern({std::nullopt, "", std::string(name)});
          },
      .package = [](PracticeId practice, std::string_view) { return practice + 100; }};
  Quarantine quarantine(most_);
  const Stop stop;
  const Words words{codes, practices, names_of(ids_, key)};
  Outcome outcome;
  if (plan.mapping->patients) {
    PatientSource source(plan, registry, quarantine, stop, nullptr);
    drain<PatientRow>(source, outcome.error,
                      [&](const PatientRow& row) { outcome.patients.push_back(words.of(row)); });
    outcome.rows += source.rows();
  }
  EventSource source(plan, registry, quarantine, stop, nullptr, threads);
  for (int i = 0; outcome.error.empty() && i < threads; ++i) {
    drain<EventRow>(source, outcome.error,
                    [&](const EventRow& row) { outcome.events.push_back(words.of(row)); });
  }
  outcome.rows += source.rows();
  outcome.error = shortened(outcome.error);
  std::ranges::sort(outcome.patients);
  std::ranges::sort(outcome.events);
  outcome.bad_rows = bad_rows(quarantine);
  return outcome;
}

std::vector<std::string> Trial::bad_rows(const Quarantine& quarantine) const {
  const std::filesystem::path path = folder_.path() / "quarantine.out";
  std::vector<std::string> rows;
  if (!quarantine.write(path)) {
    std::abort();
  }
  CsvFile file = *CsvFile::open(path);
  CsvRows csv(',', 3);
  csv.take(*file.next());
  while (csv.next()) {
    rows.push_back(shortened(fmt::format("{}:{}: {}", csv.field(0), csv.field(1), csv.field(2))));
  }
  return rows;
}

}  // namespace parcours::ingest
