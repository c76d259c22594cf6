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

namespace parcours::ingest {

class EventRows {
 public:
  EventRows(const Mapping& mapping, const Registry& registry, Quarantine& quarantine);

  // The rows to come are of this file.
  void open(const FilePlan& file) { file_ = &file; }

  // Reads a row whole, or says why it cannot be taken.
  ReasonId read(const FileRow& row);
  std::span<const EventRow> events() const { return events_; }
  // How many sections left the row out, as it was only consulted.
  std::uint64_t consulted() const { return consulted_; }

  const std::optional<Error>& failure() const { return reader_.failure(); }

 private:
  // What is kept of a section from row to row.
  struct State {
    const EventsSection* section;
    DayCell day;
    std::optional<Day> constant_day;
    std::optional<KindId> constant_kind;
    TextCache kinds;
    // By kind; what the cell says -> CodeId, or the reason with `refused` set.
    std::vector<TextCache> codes;
    PersonReasons like_code;
    RowReader::ProvenanceReasons of_provenance;
    struct {
      ReasonId no_patient, no_practice, no_day, bad_day, unknown_kind, no_system, no_code,
          long_code, bad_form, bad_value, implausible;
    } reasons;
    std::vector<ReasonId> bad_cells;  // by code column: text in a number
    std::vector<ReasonId> implausible_cells;
  };

  State state_of(const EventsSection& section, Quarantine& quarantine) const;
  ReasonId read_section(const FileRow& row, const BoundEvents& bound, State& state);
  ReasonId read_codes(const FileRow& row, const BoundEvents& bound, State& state, EventRow event);
  std::optional<KindId> kind_of(std::string_view text, State& state) const;
  struct Code {
    CodeId code = no_code;
    ReasonId reason = taken;
  };
  Code code_of(KindId kind, std::string_view text, State& state);
  std::optional<double> value_of(std::string_view text) const;
  // A mapping says no units.
  bool is_plausible(double value) const { return !has_value(value) || without_unit_.has(value); }

  const Mapping& mapping_;
  const ValueRange without_unit_ = value_range_without_unit();
  RowReader reader_;
  std::vector<State> states_;  // by section
  const FilePlan* file_ = nullptr;
  std::vector<EventRow> events_;
  std::uint64_t consulted_ = 0;
};

}  // namespace parcours::ingest
