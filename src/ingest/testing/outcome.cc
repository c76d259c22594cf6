#include "ingest/testing/outcome.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <map>

#include "base/csv.h"
#include "base/files.h"
#include "ingest/testing/made_registry.h"
#include "records/provenance.h"
#include "rows/row_columns.h"

namespace parcours::ingest {
namespace {

std::map<records::PatientId, std::string> names_of(const std::vector<std::string>& ids,
                                                   const records::ProgrammeKey& key) {
  std::map<records::PatientId, std::string> names;
  for (const std::string& id : ids) {
    names[records::pseudonym(records::pseudonym_hash(key), id)] = id;
  }
  return names;
}

template <class Row, class Take>
void drain(columns::Source& source, std::string& error, Take take) {
  columns::Chunk chunk(source.columns());
  const std::unique_ptr<columns::Source::Reader> reader = source.reader();
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
      take(rows::RowChunk<Row>(chunk)[row]);
    }
  }
}

// Rows in words.
struct Words {
  const vocabulary::CodeBook& codes;
  const vocabulary::CodeBook& practices;
  std::map<records::PatientId, std::string> names;

  std::string who(const records::PatientId& id, records::PracticeId practice) const {
    const auto name = names.find(id);
    return fmt::format("{} {}", name == names.end() ? "?" : name->second,
                       practices.at(practice).code);
  }
  std::string of(const rows::PatientRow& row) const {
    const char* sexes[] = {"unknown", "female", "male"};
    const records::Patient& patient = row.patient;
    return fmt::format(
        "{} {} {} {}", who(patient.id, patient.practice),
        patient.birth_year == records::no_birth_year ? "-" : std::to_string(patient.birth_year),
        sexes[static_cast<std::size_t>(patient.sex)],
        patient.place == vocabulary::no_code ? "-" : codes.at(patient.place).code);
  }
  std::string of(const rows::EventRow& row) const {
    const vocabulary::Code& code = codes.at(row.code);
    const vocabulary::KindId kind = static_cast<vocabulary::KindId>(row.kind);
    const bool sound = code.kind == kind && row.package == row.practice + 100;
    return fmt::format("{} {} {} {}:{} {}{}", who(row.patient, row.practice), row.day.number,
                       vocabulary::kinds()[kind], code.system, code.code,
                       records::has_value(row.value) ? fmt::format("{}", row.value) : "-",
                       sound ? "" : " inconsistent");
  }
};

std::vector<std::string> bad_rows(const Quarantine& quarantine) {
  const ScratchFolder folder =
      *ScratchFolder::make(std::filesystem::temp_directory_path(), "outcome-");
  const std::filesystem::path path = folder.path() / "quarantine.out";
  std::vector<std::string> rows;
  if (!quarantine.write(path)) {
    std::abort();
  }
  CsvFile file = *CsvFile::open(path);
  CsvRows csv(',', 3);
  csv.take(*file.next());
  while (csv.next()) {
    rows.push_back(fmt::format("{}:{}: {}", csv.field(0), csv.field(1), csv.field(2)));
  }
  return rows;
}

}  // namespace

Outcome outcome_of(Intake& intake, const OutcomeOptions& options) {
  MadeRegistry made(options.most_bad_rows);
  const Reading reading{made.registry, made.quarantine, made.stop, nullptr, options.threads};
  const Words words{made.codes, made.practices, names_of(options.patients, made.key)};
  Outcome outcome;
  if (const auto source = intake.patients(reading)) {
    drain<rows::PatientRow>(*source, outcome.error, [&](const rows::PatientRow& row) {
      outcome.patients.push_back(words.of(row));
    });
    outcome.rows += source->rows();
  }
  if (const auto source = intake.events(reading)) {
    for (int i = 0; outcome.error.empty() && i < options.threads; ++i) {
      drain<rows::EventRow>(*source, outcome.error, [&](const rows::EventRow& row) {
        outcome.events.push_back(words.of(row));
        if (options.provenance) {
          outcome.events.back() += fmt::format(" {}", records::provenance_names[row.provenance]);
        }
      });
    }
    outcome.rows += source->rows();
  }
  std::ranges::sort(outcome.patients);
  std::ranges::sort(outcome.events);
  for (const ReasonCount& count : intake.left_out()) {
    outcome.left_out.push_back(fmt::format("{}: {}", count.reason, count.rows));
  }
  outcome.bad_rows = bad_rows(made.quarantine);
  return outcome;
}

void Outcome::shorten(const std::filesystem::path& folder) {
  const std::string prefix = folder.string() + "/";
  const auto without = [&](std::string& text) {
    for (std::size_t at = text.find(prefix); at != std::string::npos; at = text.find(prefix)) {
      text.erase(at, prefix.size());
    }
  };
  without(error);
  std::ranges::for_each(bad_rows, without);
}

}  // namespace parcours::ingest
