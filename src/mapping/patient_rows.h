// Makes a patient from a row of a file. One thread reads the file in order, because a patient may
// have several rows.
#pragma once

#include <optional>
#include <unordered_map>

#include "ingest/cells.h"
#include "ingest/person_reasons.h"
#include "mapping/row_reader.h"
#include "rows/row.h"

namespace parcours::mapping {

class PatientRows {
 public:
  PatientRows(const Mapping& mapping, const ingest::Registry& registry,
              ingest::Quarantine& quarantine);

  void open(const FilePlan& file) { bound_ = &*file.patients; }

  // Reads a row, or says why it cannot be taken.
  ingest::ReasonId read(const FileRow& row);
  // The patient, unless the row was passed over or an earlier one has said all.
  const std::optional<rows::PatientRow>& patient() const { return patient_; }
  // 1 if the row was left out, as it was only consulted.
  std::uint64_t consulted() const { return consulted_; }

  const std::optional<Error>& failure() const { return reader_.failure(); }

 private:
  struct Said {
    std::int16_t birth_year;
    records::Sex sex;
    vocabulary::CodeId place;
    friend bool operator==(const Said&, const Said&) = default;
  };

  ingest::ReasonId read_birth(const FileRow& row, records::Patient& patient) const;
  std::optional<std::int16_t> birth_year_of(std::string_view text) const;
  // Under `code` the place, or no_code and why.
  struct Place {
    vocabulary::CodeId code = vocabulary::no_code;
    ingest::ReasonId reason = ingest::taken;
  };
  Place place_of(std::string_view text);

  const Mapping& mapping_;
  const PatientsSection& section_;
  RowReader reader_;
  ingest::DayCell birth_date_;
  ingest::TextCache places_;  // what the cell says -> CodeId, or the reason with `refused` set
  struct {
    ingest::ReasonId no_patient, no_practice, bad_birth, stand_in, unknown_sex, long_place,
        bad_place, disagrees;
  } reasons_;
  ingest::PersonReasons like_place_;
  RowReader::ProvenanceReasons of_provenance_;
  const BoundPatients* bound_ = nullptr;
  std::optional<rows::PatientRow> patient_;
  std::uint64_t consulted_ = 0;
  std::unordered_map<ingest::PatientOfPackage, Said> said_;
};

}  // namespace parcours::mapping
