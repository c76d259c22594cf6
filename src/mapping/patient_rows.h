// Makes a patient from a row of a file. One thread reads the file in order, because a patient may
// have several rows.
#pragma once

#include <optional>
#include <unordered_map>

#include "ingest/cells.h"
#include "ingest/person_reasons.h"
#include "mapping/row_reader.h"
#include "rows/row.h"

namespace parcours::ingest {

class PatientRows {
 public:
  PatientRows(const Mapping& mapping, const Registry& registry, Quarantine& quarantine);

  void open(const FilePlan& file) { bound_ = &*file.patients; }

  // Reads a row, or says why it cannot be taken.
  ReasonId read(const FileRow& row);
  // The patient, unless the row was passed over or an earlier one has said all.
  const std::optional<PatientRow>& patient() const { return patient_; }
  // 1 if the row was left out, as it was only consulted.
  std::uint64_t consulted() const { return consulted_; }

  const std::optional<Error>& failure() const { return reader_.failure(); }

 private:
  struct Said {
    std::int16_t birth_year;
    Sex sex;
    CodeId place;
    friend bool operator==(const Said&, const Said&) = default;
  };

  ReasonId read_birth(const FileRow& row, Patient& patient) const;
  std::optional<std::int16_t> birth_year_of(std::string_view text) const;
  // Under `code` the place, or no_code and why.
  struct Place {
    CodeId code = no_code;
    ReasonId reason = taken;
  };
  Place place_of(std::string_view text);

  const Mapping& mapping_;
  const PatientsSection& section_;
  RowReader reader_;
  DayCell birth_date_;
  TextCache places_;  // what the cell says -> CodeId, or the reason with `refused` set
  struct {
    ReasonId no_patient, no_practice, bad_birth, unknown_sex, long_place, bad_place, disagrees;
  } reasons_;
  PersonReasons like_place_;
  RowReader::ProvenanceReasons of_provenance_;
  const BoundPatients* bound_ = nullptr;
  std::optional<PatientRow> patient_;
  std::uint64_t consulted_ = 0;
  std::unordered_map<PatientOfPackage, Said> said_;
};

}  // namespace parcours::ingest
