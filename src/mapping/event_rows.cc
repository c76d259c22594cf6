#include "mapping/event_rows.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/no_day.h"
#include "ingest/reasons.h"
#include "records/record.h"

namespace parcours::mapping {
namespace {

std::string column_of(const std::optional<ColumnName>& column) {
  return column ? fmt::format("column '{}'", column->name) : "the mapping";
}

}  // namespace

EventRows::EventRows(const Mapping& mapping, const ingest::Registry& registry,
                     ingest::Quarantine& quarantine)
    : mapping_(mapping), reader_(mapping, registry) {
  for (const EventsSection& section : mapping.events) {
    states_.push_back(state_of(section, quarantine));
  }
}

EventRows::State EventRows::state_of(const EventsSection& section,
                                     ingest::Quarantine& quarantine) const {
  State state{
      .section = &section,
      .day = ingest::DayCell(mapping_.calendar, section.day_format),
      .constant_day = {},
      .constant_kind = {},
      .kinds = {},
      .codes = {},
      .like_code = ingest::PersonReasons(quarantine, "a code", column_of(section.code.column)),
      .of_provenance = RowReader::ProvenanceReasons::of(section, quarantine),
      .reasons = {},
      .bad_cells = {},
      .implausible_cells = {}};
  if (!section.day.column) {
    state.constant_day = state.day.read(section.day.constant);
  }
  if (!section.kind.column) {
    state.constant_kind = vocabulary::find_kind(section.kind.constant);
  }
  state.codes.resize(vocabulary::kinds().size());
  const auto reason = [&](std::string_view what, const std::optional<ColumnName>& column) {
    return quarantine.reason(fmt::format("{} in {}", what, column_of(column)));
  };
  const bool dates = mapping_.calendar == Calendar::dates;
  state.reasons = {
      .no_patient = reason("no patient", section.patient),
      .no_practice = reason("no practice", section.practice.column),
      .no_day = reason("no day", section.day.column),
      .bad_day = reason(dates ? "not a date" : "not a whole number of days", section.day.column),
      .stand_in = reason(ingest::stand_in_reason, section.day.column),
      .unknown_kind = reason("an unknown kind", section.kind.column),
      .no_system = reason("a kind without a code system", section.kind.column),
      .no_code = reason("no code", section.code.column),
      .long_code = reason(fmt::format("a code longer than {} bytes", ingest::longest_code),
                          section.code.column),
      .bad_form = reason(ingest::bad_form_reason, section.code.column),
      .bad_value = reason("not a number", section.value),
      .implausible = reason(ingest::implausible_reason, section.value)};
  for (const ColumnName& column : section.code_columns) {
    state.bad_cells.push_back(reason("not a number", column));
    state.implausible_cells.push_back(reason(ingest::implausible_reason, column));
  }
  return state;
}

ingest::ReasonId EventRows::read(const FileRow& row) {
  events_.clear();
  consulted_ = 0;
  for (const BoundEvents& bound : file_->events) {
    State& state = states_[bound.number];
    if (!reader_.wanted(row, bound, *state.section)) {
      continue;
    }
    const ingest::ReasonId reason = read_section(row, bound, state);
    if (reason != ingest::taken) {
      events_.clear();
      return reason;
    }
  }
  return ingest::taken;
}

ingest::ReasonId EventRows::read_section(const FileRow& row, const BoundEvents& bound,
                                         State& state) {
  rows::EventRow event;
  const records::PatientId* patient = reader_.patient(row.field(bound.patient));
  const std::optional<records::Provenance> provenance =
      reader_.provenance(row, bound, *state.section);
  if (provenance == records::Provenance::consulted) {
    ++consulted_;
    return ingest::taken;
  }
  if (!provenance) {
    return reader_.no_provenance(row, bound, state.of_provenance);
  }
  event.provenance = static_cast<std::uint32_t>(*provenance) & 0x3U;
  if (patient == nullptr) {
    return state.reasons.no_patient;
  }
  event.patient = *patient;
  const ingest::Sender* sender = reader_.sender(row, bound, *state.section);
  if (sender == nullptr) {
    return state.reasons.no_practice;
  }
  event.practice = sender->practice;
  event.package = sender->package & (rows::most_packages - 1);  // an import gives no greater number
  if (state.constant_day) {
    event.day = *state.constant_day;
  } else {
    const std::string_view text = trimmed(row.field(bound.day));
    const std::optional<Day> day = state.day.read(text);
    const bool stand_in = mapping_.calendar == Calendar::dates &&
                          (day ? stands_for_no_day(*day) : stands_for_no_day(text));
    if (!day || stand_in) {
      return reader_.missing(text) ? state.reasons.no_day
             : stand_in            ? state.reasons.stand_in
                                   : state.reasons.bad_day;
    }
    event.day = *day;
  }
  const std::optional<vocabulary::KindId> kind =
      state.constant_kind ? state.constant_kind : kind_of(trimmed(row.field(bound.kind)), state);
  if (!kind) {
    return state.reasons.unknown_kind;
  }
  event.kind = *kind;
  if (state.section->systems[*kind].empty()) {
    return state.reasons.no_system;
  }
  event.value = records::no_value;
  if (bound.value != no_column) {
    const std::optional<double> value = value_of(trimmed(row.field(bound.value)));
    if (!value) {
      return state.reasons.bad_value;
    }
    if (!is_plausible(*value)) {
      return state.reasons.implausible;
    }
    event.value = *value;
  }
  return read_codes(row, bound, state, event);
}

ingest::ReasonId EventRows::read_codes(const FileRow& row, const BoundEvents& bound, State& state,
                                       rows::EventRow event) {
  const EventsSection& section = *state.section;
  if (section.code_form == CodeForm::cell) {
    const std::string_view text =
        bound.code == no_column ? section.code.constant : trimmed(row.field(bound.code));
    const Code code = code_of(event.kind, text, state);
    if (code.reason != ingest::taken) {
      return code.reason;
    }
    event.code = code.code;
    events_.push_back(event);
    return ingest::taken;
  }
  for (std::size_t i = 0; i < bound.code_columns.size(); ++i) {
    const std::string_view cell = trimmed(row.field(bound.code_columns[i]));
    if (reader_.missing(cell) || std::ranges::binary_search(section.code_not, cell)) {
      continue;
    }
    const bool named = section.code_form == CodeForm::each_column;
    const Code code = code_of(event.kind, named ? section.code_columns[i].name : cell, state);
    if (code.reason != ingest::taken) {
      return code.reason;
    }
    event.code = code.code;
    if (section.value_of_each_column) {
      const std::optional<double> value = value_of(cell);
      if (!value) {
        return state.bad_cells[i];
      }
      if (!is_plausible(*value)) {
        return state.implausible_cells[i];
      }
      event.value = *value;
    }
    events_.push_back(event);
  }
  return ingest::taken;
}

std::optional<vocabulary::KindId> EventRows::kind_of(std::string_view text, State& state) const {
  const std::uint32_t* known = state.kinds.find(text);
  if (known == nullptr) {
    const Recode& map = state.section->kind.map;
    const auto entry = map.find(text);
    const std::optional<vocabulary::KindId> kind =
        vocabulary::find_kind(entry == map.end() ? text : entry->second);
    if (!kind) {
      return std::nullopt;
    }
    state.kinds.insert(text, *kind);
    return kind;
  }
  return static_cast<vocabulary::KindId>(*known);
}

EventRows::Code EventRows::code_of(vocabulary::KindId kind, std::string_view text, State& state) {
  constexpr std::uint32_t refused = 1U << 31;  // above the number of every code
  ingest::TextCache& cache = state.codes[kind];
  if (const std::uint32_t* known = cache.find(text)) {
    return *known < refused ? Code{*known, ingest::taken}
                            : Code{vocabulary::no_code, *known - refused};
  }
  std::string_view says = text;
  if (reader_.missing(text)) {
    if (!state.section->code_if_empty) {
      return {vocabulary::no_code, state.reasons.no_code};
    }
    says = *state.section->code_if_empty;
  }
  const RowReader::Judged judged =
      reader_.code(kind, state.section->systems[kind], says, state.section->code.map);
  if (judged.fault == ingest::CodeFault::too_long) {
    return {vocabulary::no_code, state.reasons.long_code};
  }
  const ingest::ReasonId reason = judged.fault == ingest::CodeFault::none ? ingest::taken
                                  : judged.fault == ingest::CodeFault::form
                                      ? state.reasons.bad_form
                                      : state.like_code[judged.like];
  cache.insert(text, reason == ingest::taken ? judged.code : reason + refused);
  return {judged.code, reason};
}

std::optional<double> EventRows::value_of(std::string_view text) const {
  if (text.empty()) {
    return records::no_value;
  }
  const std::optional<double> value = ingest::read_number(text, mapping_.decimal);
  return !value && reader_.missing(text) ? std::optional(records::no_value) : value;
}

}  // namespace parcours::mapping
