#include "ingest/check.h"

#include <atomic>
#include <map>
#include <mutex>
#include <vector>

#include "base/threads.h"
#include "rows/row_columns.h"

namespace parcours::ingest {
namespace {

// Numbers practices and packages; of a practice there is one package, as there is one period.
class Practices {
 public:
  records::PracticeId number(std::string_view name) {
    const std::lock_guard lock(mutex_);
    return numbers_
        .try_emplace(std::string(name), static_cast<records::PracticeId>(numbers_.size()))
        .first->second;
  }
  std::size_t size() const { return numbers_.size(); }

 private:
  std::mutex mutex_;
  std::map<std::string, records::PracticeId> numbers_;
};

void note(records::NamesMet& met, const rows::EventRow& row) {
  met.note_event(row.patient, row.code, row.practice);
}

void note(records::NamesMet& met, const rows::PatientRow& row) {
  met.note_patient(row.patient.id, row.patient.place, row.patient.practice);
}

// Counts the source's rows on its threads, and notes the names in them.
template <class Row>
Result<std::uint64_t> count(columns::Source& source, records::NamesMet& met) {
  std::vector<Result<std::uint64_t>> counts(static_cast<std::size_t>(source.most_threads()));
  std::vector<records::NamesMet> met_by(counts.size());
  const auto drain = [&](std::size_t worker) {
    Result<std::uint64_t>& sum = counts[worker];
    columns::Chunk chunk(source.columns());
    const std::unique_ptr<columns::Source::Reader> reader = source.reader();
    while (sum) {
      const Result<std::size_t> rows = chunk.fill(*reader);
      if (!rows) {
        sum = std::unexpected(rows.error());
      } else if (*rows == 0) {
        return;
      } else {
        *sum += *rows;
        const rows::RowChunk<Row> all(chunk);
        for (std::size_t i = 0; i < *rows; ++i) {
          note(met_by[worker], all[i]);
        }
      }
    }
  };
  on_threads(static_cast<int>(counts.size()),
             [&](int worker) { drain(static_cast<std::size_t>(worker)); });
  for (const records::NamesMet& one : met_by) {
    met.merge(one);
  }
  std::uint64_t total = 0;
  for (const Result<std::uint64_t>& each : counts) {
    ASSIGN_OR_RETURN(const std::uint64_t rows, each);
    total += rows;
  }
  return total;
}

}  // namespace

Result<CheckCounts> check(Intake& intake, Quarantine& quarantine, const Stop& stop,
                          Progress* progress, int threads) {
  vocabulary::CodeBook codes;
  Practices practices;
  const records::ProgrammeKey key = records::ProgrammeKey::generate();
  const Registry registry{
      .codes = codes,
      .key = key,
      .period = "check",
      .practice = [&](std::string_view name) { return practices.number(name); },
      .package = [](records::PracticeId practice, std::string_view) { return practice; }};
  const Reading reading{registry, quarantine, stop, progress, threads};
  CheckCounts counts;
  records::NamesMet met;
  if (const auto patients = intake.patients(reading)) {
    ASSIGN_OR_RETURN(counts.patients, count<rows::PatientRow>(*patients, met));
    counts.rows += patients->rows();
  }
  if (const auto events = intake.events(reading)) {
    ASSIGN_OR_RETURN(counts.events, count<rows::EventRow>(*events, met));
    counts.rows += events->rows();
  }
  counts.packages = practices.size();
  counts.names = records::stored_names(met, codes, practices.size());
  return counts;
}

}  // namespace parcours::ingest
