// Makes events from a row of a file, by every section of the mapping that names the file. Each
// thread has its own.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "base/day.h"
#include "ingest/cells.h"
#include "ingest/person_reasons.h"
#include "mapping/row_reader.h"
#include "records/record.h"
#include "rows/row.h"
#include "vocabulary/value_range.h"

namespace parcours::mapping {

class EventRows {
 public:
  EventRows(const Mapping& mapping, const ingest::Registry& registry,
            ingest::Quarantine& quarantine);

  // The rows to come are of this file.
  void open(const FilePlan& file) { file_ = &file; }

  // Reads a row whole, or says why it cannot be taken.
  ingest::ReasonId read(const FileRow& row);
  std::span<const rows::EventRow> events() const { return events_; }
  // How many sections left the row out, as it was only consulted.
  std::uint64_t consulted() const { return consulted_; }

  const std::optional<Error>& failure() const { return reader_.failure(); }

 private:
  // What is kept of a section from row to row.
  struct State {
    const EventsSection* section;
    ingest::DayCell day;
    std::optional<Day> constant_day;
    std::optional<vocabulary::KindId> constant_kind;
    ingest::TextCache kinds;
    // By kind; what the cell says -> CodeId, or the reason with `refused` set.
    std::vector<ingest::TextCache> codes;
    ingest::PersonReasons like_code;
    RowReader::ProvenanceReasons of_provenance;
    struct {
      ingest::ReasonId no_patient, no_practice, no_day, bad_day, stand_in, unknown_kind, no_system,
          no_code, long_code, bad_form, bad_value, implausible;
    } reasons;
    std::vector<ingest::ReasonId> bad_cells;  // by code column: text in a number
    std::vector<ingest::ReasonId> implausible_cells;
  };

  State state_of(const EventsSection& section, ingest::Quarantine& quarantine) const;
  ingest::ReasonId read_section(const FileRow& row, const BoundEvents& bound, State& state);
  ingest::ReasonId read_codes(const FileRow& row, const BoundEvents& bound, State& state,
                              rows::EventRow event);
  std::optional<vocabulary::KindId> kind_of(std::string_view text, State& state) const;
  struct Code {
    vocabulary::CodeId code = vocabulary::no_code;
    ingest::ReasonId reason = ingest::taken;
  };
  Code code_of(vocabulary::KindId kind, std::string_view text, State& state);
  std::optional<double> value_of(std::string_view text) const;
  // A mapping says no units.
  bool is_plausible(double value) const {
    return !records::has_value(value) || without_unit_.has(value);
  }

  const Mapping& mapping_;
  const vocabulary::ValueRange without_unit_ = vocabulary::value_range_without_unit();
  RowReader reader_;
  std::vector<State> states_;  // by section
  const FilePlan* file_ = nullptr;
  std::vector<rows::EventRow> events_;
  std::uint64_t consulted_ = 0;
};

}  // namespace parcours::mapping
