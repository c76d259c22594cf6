// The columns of rows: their names, types and order, and which of them may lack a value. A source
// of rows and a file of the vault have these columns; only the type of the day differs.
//
// A source writes them with RowWriter:
//
//   std::vector<columns::Column> columns() const override { return source_columns<EventRow>(); }
//   Result<std::size_t> fill(columns::Sink& sink) override {
//     RowWriter<EventRow> to(sink);
//     std::size_t n = 0;
//     while (n < sink.capacity() && ...) to.put(n++, row);
//     return n;
//   }
//
// Whoever takes them reads them with RowChunk:
//
//   const RowChunk<EventRow> all(chunk);
//   for (std::size_t i = 0; i < rows; ++i) { const EventRow row = all[i]; ... }
//
// A change here changes the format of the vault (docs/formats.md): older vaults can then no longer
// be read.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "base/check.h"
#include "base/day.h"
#include "columns/chunk.h"
#include "records/provenance.h"
#include "records/record.h"
#include "rows/row.h"
#include "vocabulary/kinds.h"

namespace parcours::rows {

struct RowColumn {
  const char* name;
  columns::Type type;  // a date is an integer in a source, and in a vault without dates
  bool may_be_missing = false;
};

namespace event_column {
enum Place : std::size_t { patient, practice, day, kind, code, value, package, provenance };
}
inline constexpr std::array<RowColumn, 8> event_columns = {{{"patient", columns::Type::uuid},
                                                            {"practice", columns::Type::integer},
                                                            {"day", columns::Type::date},
                                                            {"kind", columns::Type::tiny},
                                                            {"code", columns::Type::integer},
                                                            {"value", columns::Type::real, true},
                                                            {"package", columns::Type::integer},
                                                            {"provenance", columns::Type::tiny}}};

namespace patient_column {
enum Place : std::size_t { patient, practice, birth_year, sex, place, package };
}
inline constexpr std::array<RowColumn, 6> patient_columns = {
    {{"patient", columns::Type::uuid},
     {"practice", columns::Type::integer},
     {"birth_year", columns::Type::integer, true},
     {"sex", columns::Type::tiny},
     {"place", columns::Type::integer, true},
     {"package", columns::Type::integer}}};

template <class Row>
std::span<const RowColumn> columns_of_row();
template <>
inline std::span<const RowColumn> columns_of_row<EventRow>() {
  return event_columns;
}
template <>
inline std::span<const RowColumn> columns_of_row<PatientRow>() {
  return patient_columns;
}

// Columns with their types. A day is a date only if the calendar is Calendar::dates.
std::vector<columns::Column> typed_columns(std::span<const RowColumn> columns, Calendar calendar);

// All columns of a row: in a source, and in a file of a vault with this calendar.
template <class Row>
std::vector<columns::Column> source_columns() {
  return typed_columns(columns_of_row<Row>(), Calendar::days);
}
template <class Row>
std::vector<columns::Column> stored_columns(Calendar calendar) {
  return typed_columns(columns_of_row<Row>(), calendar);
}

// Whether a column's value is there, by what Stream::validity() and Chunk::validity() gave.
inline bool is_set(const std::uint64_t* validity, std::size_t row) {
  return validity == nullptr || (validity[row / 64] >> (row % 64) & 1) != 0;
}

// The patient in a UUID column.
inline records::PatientId patient_id(columns::Wide wide) {
  return {columns::uuid_high(wide), columns::uuid_low(wide)};
}

// Writes rows into a sink that has the columns of a source or those of a vault's file.
template <class Row>
class RowWriter;

template <>
class RowWriter<EventRow> {
 public:
  explicit RowWriter(columns::Sink& sink)
      : sink_(sink),
        patients_(sink.column<columns::Wide>(event_column::patient)),
        practices_(sink.column<records::PracticeId>(event_column::practice)),
        days_(sink.column<Day>(event_column::day)),
        kinds_(sink.column<vocabulary::KindId>(event_column::kind)),
        codes_(sink.column<vocabulary::CodeId>(event_column::code)),
        values_(sink.column<double>(event_column::value)),
        packages_(sink.column<PackageId>(event_column::package)),
        provenances_(sink.column<records::Provenance>(event_column::provenance)) {}

  void put(std::size_t at, const EventRow& row) {
    patients_[at] = columns::uuid(row.patient.high, row.patient.low);
    practices_[at] = row.practice;
    days_[at] = row.day;
    kinds_[at] = static_cast<vocabulary::KindId>(row.kind);
    codes_[at] = row.code;
    values_[at] = row.value;
    packages_[at] = row.package;
    provenances_[at] = static_cast<records::Provenance>(row.provenance);
    if (!records::has_value(row.value)) {
      sink_.set_null(event_column::value, at);
    }
  }

 private:
  columns::Sink& sink_;
  columns::Wide* patients_;
  records::PracticeId* practices_;
  Day* days_;
  vocabulary::KindId* kinds_;
  vocabulary::CodeId* codes_;
  double* values_;
  PackageId* packages_;
  records::Provenance* provenances_;
};

template <>
class RowWriter<PatientRow> {
 public:
  explicit RowWriter(columns::Sink& sink)
      : sink_(sink),
        patients_(sink.column<columns::Wide>(patient_column::patient)),
        practices_(sink.column<records::PracticeId>(patient_column::practice)),
        birth_years_(sink.column<std::int32_t>(patient_column::birth_year)),
        sexes_(sink.column<records::Sex>(patient_column::sex)),
        places_(sink.column<vocabulary::CodeId>(patient_column::place)),
        packages_(sink.column<PackageId>(patient_column::package)) {}

  void put(std::size_t at, const PatientRow& row) {
    const records::Patient& patient = row.patient;
    patients_[at] = columns::uuid(patient.id.high, patient.id.low);
    practices_[at] = patient.practice;
    birth_years_[at] = patient.birth_year;
    sexes_[at] = patient.sex;
    places_[at] = patient.place;
    packages_[at] = row.package;
    if (patient.birth_year == records::no_birth_year) {
      sink_.set_null(patient_column::birth_year, at);
    }
    if (patient.place == vocabulary::no_code) {
      sink_.set_null(patient_column::place, at);
    }
  }

 private:
  columns::Sink& sink_;
  columns::Wide* patients_;
  records::PracticeId* practices_;
  std::int32_t* birth_years_;
  records::Sex* sexes_;
  vocabulary::CodeId* places_;
  PackageId* packages_;
};

// Reads rows from a chunk that has the columns of a source. Only the rows that were filled may be
// asked for.
template <class Row>
class RowChunk;

template <>
class RowChunk<EventRow> {
 public:
  explicit RowChunk(const columns::Chunk& chunk)
      : patients_(chunk.column<columns::Wide>(event_column::patient)),
        practices_(chunk.column<records::PracticeId>(event_column::practice)),
        days_(chunk.column<Day>(event_column::day)),
        kinds_(chunk.column<vocabulary::KindId>(event_column::kind)),
        codes_(chunk.column<vocabulary::CodeId>(event_column::code)),
        values_(chunk.column<double>(event_column::value)),
        packages_(chunk.column<PackageId>(event_column::package)),
        provenances_(chunk.column<records::Provenance>(event_column::provenance)),
        valued_(chunk.validity(event_column::value)) {}

  EventRow operator[](std::size_t at) const {
    PARCOURS_CHECK(packages_[at] < most_packages);
    return {.patient = patient_id(patients_[at]),
            .value = is_set(valued_, at) ? values_[at] : records::no_value,
            .practice = practices_[at],
            .day = days_[at],
            .code = codes_[at],
            .package = packages_[at] & (most_packages - 1),
            .kind = kinds_[at] & 0x3fU,
            .provenance = static_cast<std::uint32_t>(provenances_[at]) & 0x3U};
  }

 private:
  const columns::Wide* patients_;
  const records::PracticeId* practices_;
  const Day* days_;
  const vocabulary::KindId* kinds_;
  const vocabulary::CodeId* codes_;
  const double* values_;
  const PackageId* packages_;
  const records::Provenance* provenances_;
  const std::uint64_t* valued_;
};

template <>
class RowChunk<PatientRow> {
 public:
  explicit RowChunk(const columns::Chunk& chunk)
      : patients_(chunk.column<columns::Wide>(patient_column::patient)),
        practices_(chunk.column<records::PracticeId>(patient_column::practice)),
        birth_years_(chunk.column<std::int32_t>(patient_column::birth_year)),
        sexes_(chunk.column<records::Sex>(patient_column::sex)),
        places_(chunk.column<vocabulary::CodeId>(patient_column::place)),
        packages_(chunk.column<PackageId>(patient_column::package)),
        born_(chunk.validity(patient_column::birth_year)),
        placed_(chunk.validity(patient_column::place)) {}

  PatientRow operator[](std::size_t at) const {
    return {
        .patient = {.id = patient_id(patients_[at]),
                    .practice = practices_[at],
                    .birth_year = is_set(born_, at) ? static_cast<std::int16_t>(birth_years_[at])
                                                    : records::no_birth_year,
                    .sex = sexes_[at],
                    .place = is_set(placed_, at) ? places_[at] : vocabulary::no_code},
        .package = packages_[at]};
  }

 private:
  const columns::Wide* patients_;
  const records::PracticeId* practices_;
  const std::int32_t* birth_years_;
  const records::Sex* sexes_;
  const vocabulary::CodeId* places_;
  const PackageId* packages_;
  const std::uint64_t* born_;
  const std::uint64_t* placed_;
};

}  // namespace parcours::rows
