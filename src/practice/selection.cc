#include "practice/selection.h"

#include <algorithm>
#include <map>
#include <numeric>
#include <set>
#include <string>
#include <unordered_set>

#include "formalities/retention.h"
#include "practice/words.h"
#include "rows/row_columns.h"

namespace parcours::practice {
namespace {

// Hands each row of a table to `take`.
template <class Row, class Take>
Status drain(columns::Source& source, Take take) {
  columns::Chunk chunk(source.columns());
  const std::unique_ptr<columns::Source::Reader> reader = source.reader();
  while (true) {
    ASSIGN_OR_RETURN(const std::size_t rows, chunk.fill(*reader));
    if (rows == 0) {
      return {};
    }
    take(rows::RowChunk<Row>(chunk), rows);
  }
}

class Selector {
 public:
  Selector(Source& source, const SelectBy& by, const Stop& stop, Progress* progress)
      : source_(source),
        by_(by),
        quarantine_(source.most_bad_rows),
        registry_{
            .codes = codes_,
            .key = by.key,
            .period = "",
            .practice = [this](std::string_view name) { return practice(name); },
            .package = [](records::PracticeId, std::string_view) { return rows::PackageId{0}; },
            .met = [this](std::string_view number,
                          const records::PatientId& patient) { meet(number, patient); }},
        reading_{registry_, quarantine_, stop, progress, 1},
        cover_(by.permit.covers, codes_),
        oldest_(formalities::oldest_fact(by.permit.retention,
                                         by.permit.covers.calendar == Calendar::dates, by.today)) {
    made_.leaving.resize(vocabulary::kinds().size());
  }

  Result<Selection> run() {
    if (source_.intake->calendar() != by_.permit.covers.calendar) {
      return complain(by_.language, words::other_calendar());
    }
    if (const auto patients = source_.intake->patients(reading_)) {
      RETURN_IF_ERROR(drain<rows::PatientRow>(*patients, [&](const auto& rows, std::size_t count) {
        for (std::size_t i = 0; i < count; ++i) {
          patients_.push_back(rows[i]);
        }
      }));
    }
    if (const auto events = source_.intake->events(reading_)) {
      RETURN_IF_ERROR(drain<rows::EventRow>(*events, [&](const auto& rows, std::size_t count) {
        cover_.meet(codes_);
        for (std::size_t i = 0; i < count; ++i) {
          take(rows[i]);
        }
      }));
    }
    if (practices_.size() > 1) {
      return complain(by_.language, words::several_practices(practices_.size()));
    }
    keep_patients();
    for (vocabulary::CodeId id = 0; id < codes_.size(); ++id) {
      made_.codes.push_back(codes_.at(id));
    }
    made_.objectors.assign(objectors_.begin(), objectors_.end());
    made_.refused = quarantine_.by_reason();
    made_.left_out = source_.intake->left_out();
    return std::move(made_);
  }

 private:
  records::PracticeId practice(std::string_view name) {
    practices_.emplace(name);
    return 0;
  }
  void meet(std::string_view number, const records::PatientId& patient) {
    if (by_.objections.objects(number)) {
      objectors_.insert(patient);
    }
  }

  void take(const rows::EventRow& row) {
    ++made_.events_read;
    if (objectors_.contains(row.patient)) {
      ++made_.of_objectors;
      return;
    }
    const auto provenance = static_cast<records::Provenance>(row.provenance);
    const formalities::Uncovered why = provenance == records::Provenance::consulted
                                           ? formalities::Uncovered::provenance
                                           : cover_.judge(row.kind, row.code, row.day, provenance);
    if (why != formalities::Uncovered::nothing) {
      ++made_.cut[static_cast<std::size_t>(why)];
      return;
    }
    if (row.day < oldest_) {
      ++made_.expired;
      return;
    }
    ++made_.leaving[row.kind];
    made_.first = std::min(made_.first.value_or(row.day), row.day);
    made_.last = std::max(made_.last.value_or(row.day), row.day);
    heard_.insert(row.patient);
    made_.events.push_back(row);
  }

  void keep_patients() {
    made_.fields = {
        {{"birth_year", cover_.birth_year()}, {"sex", cover_.sex()}, {"place", cover_.place()}}};
    made_.patients_read = patients_.size();
    for (rows::PatientRow row : patients_) {
      records::Patient& patient = row.patient;
      if (objectors_.contains(patient.id)) {
        continue;
      }
      if (!heard_.contains(patient.id)) {
        ++made_.silent;
        continue;
      }
      auto& [birth_year, sex, place] = made_.fields;
      birth_year.patients += patient.birth_year != records::no_birth_year ? 1 : 0;
      sex.patients += patient.sex != records::Sex::unknown ? 1 : 0;
      place.patients += patient.place != vocabulary::no_code ? 1 : 0;
      patient.birth_year = birth_year.leaves ? patient.birth_year : records::no_birth_year;
      patient.sex = sex.leaves ? patient.sex : records::Sex::unknown;
      patient.place = place.leaves ? patient.place : vocabulary::no_code;
      made_.patients.push_back(row);
    }
  }

  Source& source_;
  const SelectBy& by_;
  vocabulary::CodeBook codes_;
  ingest::Quarantine quarantine_;
  ingest::Registry registry_;
  ingest::Reading reading_;
  formalities::Cover cover_;
  Day oldest_;
  std::set<std::string, std::less<>> practices_;
  std::vector<rows::PatientRow> patients_;
  std::unordered_set<records::PatientId> objectors_;
  std::unordered_set<records::PatientId> heard_;  // an event of theirs leaves
  Selection made_;
};

}  // namespace

std::uint64_t Selection::all_cut() const {
  return std::accumulate(cut.begin(), cut.end(), std::uint64_t{0});
}

std::uint64_t Selection::consulted() const {
  const auto found =
      std::ranges::find(left_out, ingest::only_consulted, &ingest::ReasonCount::reason);
  return found == left_out.end() ? 0 : found->rows;
}

Result<Selection> select(Source& source, const SelectBy& by, const Stop& stop, Progress* progress) {
  return Selector(source, by, stop, progress).run();
}

}  // namespace parcours::practice
