#include "mapping/mapping.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <limits>

#include "base/files.h"
#include "base/nearest.h"
#include "base/sheet.h"
#include "ingest/cells.h"
#include "ingest/period.h"
#include "mapping/mapped_cell.h"

namespace parcours::mapping {
namespace {

const std::array<std::string, 3> calendars = {"dates", "days", "order"};  // as Calendar has them
const std::array<std::string, 2> encodings = {"utf-8", "latin-1"};        // as Encoding has them
const std::array<std::string, 1> row_rules = {"first"};

// What the top of the mapping says for all sections. What is not there is not given, or wrong.
struct Given {
  std::optional<Calendar> calendar;
  std::optional<Cell> practice;
  std::optional<SaidProvenance> provenance;  // of events
};

std::optional<vocabulary::KindId> kind_named(const std::string& name, int line,
                                             Mistakes& mistakes) {
  const std::optional<vocabulary::KindId> kind = vocabulary::find_kind(name);
  if (!kind) {
    mistakes.add(line, fmt::format("unknown kind '{}'", name),
                 nearest_hint(name, vocabulary::kinds()));
  }
  return kind;
}

// What patients and events have alike.
Section common(Sheet& section, const Given& given) {
  Section common;
  common.line = section.line();
  section.need("file", "file = \"events.csv\"");
  common.files = cells_of(section, "file");
  if (const auto* value = section.find("file"); value != nullptr) {
    const auto* list = value->as<TomlList>();
    if (list != nullptr && list->empty()) {
      section.mistakes().add(value->line(), "file names no file");
    }
  }
  common.patient = column(section, "patient").value_or(ColumnName{});
  if (given.practice && section.find("practice") == nullptr) {
    common.practice = *given.practice;
  } else {
    common.practice = cell(section, "practice").value_or(Cell{});
  }
  common.where = conditions(section);
  common.provenance = provenance(section);
  return common;
}

void read_birth(Sheet& section, const Given& given, PatientsSection& patients) {
  const std::array<std::pair<std::string_view, Birth>, 3> forms = {
      {{"birth_year", Birth::year}, {"birth_date", Birth::date}, {"age", Birth::age}}};
  patients.birth_format = iso_day_format;
  for (const auto& [key, form] : forms) {
    const auto* value = section.find(key);
    if (value == nullptr) {
      continue;
    }
    if (patients.birth != Birth::unknown) {
      section.mistakes().add(value->line(), "[patients] gives the age in two ways",
                             "keep one of birth_year, birth_date, age");
    } else if (given.calendar && (form == Birth::age) == (given.calendar == Calendar::dates)) {
      section.mistakes().add(value->line(), fmt::format("{} does not fit this calendar", key),
                             given.calendar == Calendar::dates
                                 ? "with the calendar 'dates', write birth_year or birth_date"
                                 : "with the calendar 'days' or 'order', write age, in years at "
                                   "day 0");
    }
    patients.birth = form;
    patients.born = cell(section, key, [&](Sheet& table) {
                      patients.birth_format = format_of(table);
                      return recode(table);
                    }).value_or(Cell{});
  }
}

void read_sex(Sheet& section, PatientsSection& patients) {
  auto table = section.sheet("sex");
  if (!table) {
    return;
  }
  patients.sex = column(*table, "column");
  const std::array<std::pair<std::string_view, records::Sex>, 3> sexes = {
      {{"female", records::Sex::female},
       {"male", records::Sex::male},
       {"unknown", records::Sex::unknown}}};
  for (const auto& [key, sex] : sexes) {
    for (const TextAt& text : table->cell_texts(key).value_or(std::vector<TextAt>{})) {
      if (!patients.sexes.emplace(text.text, sex).second) {
        table->mistakes().add(text.line, fmt::format("'{}' is given for two sexes", text.text));
      }
    }
  }
  table->finish();
}

PatientsSection patients_section(Sheet section, const Given& given) {
  PatientsSection patients;
  static_cast<Section&>(patients) = common(section, given);
  read_birth(section, given, patients);
  read_sex(section, patients);
  if (section.find("place") != nullptr) {
    patients.place = cell(section, "place", [&](Sheet& table) {
      table.need("system", "system = \"fr-department\"");
      patients.place_system = table.cell_text("system").value_or("");
      return recode(table);
    });
    if (section.find("place")->as<TomlTable>() == nullptr) {
      section.mistakes().add(section.value_line("place"), "'place' in [patients] names no system",
                             "write { column = \"...\", system = \"fr-department\" }");
    }
  }
  patients.first_row_holds = section.one_of("several_rows", row_rules).has_value();
  section.finish();
  return patients;
}

void read_code(Sheet& section, EventsSection& events) {
  const auto* value = section.need("code", "code = \"the column's name\"");
  if (value != nullptr && value->as<TomlTable>() != nullptr) {
    Sheet table = *section.sheet("code");
    for (const auto& [key, form] : {std::pair("columns", CodeForm::columns),
                                    std::pair("each_column", CodeForm::each_column)}) {
      if (table.find(key) != nullptr) {
        events.code_form = form;
        events.code_columns = columns(table, key);
        events.code_not = cells_in_order(table, "not");
        events.code.map = recode(table);
        table.finish();
        return;
      }
    }
  }
  events.code = cell(section, "code", [&](Sheet& table) {
                  table.find("columns");  // for the hint of an unknown key
                  table.find("each_column");
                  events.code_if_empty = table.cell_text("if_empty");
                  return recode(table);
                }).value_or(Cell{});
}

// The kind of all rows of the section, where it is given by a constant.
std::optional<vocabulary::KindId> read_kind(Sheet& section, EventsSection& events) {
  const auto kind = cell(section, "kind", recode);
  if (!kind) {
    return {};
  }
  events.kind = *kind;
  const int line = section.value_line("kind");
  for (const auto& [from, to] : kind->map) {
    kind_named(to, line, section.mistakes());
  }
  return kind->column ? std::nullopt : kind_named(kind->constant, line, section.mistakes());
}

void read_systems(Sheet& section, std::optional<vocabulary::KindId> only, EventsSection& events) {
  const auto* value = section.need("system", "system = \"icd10\"");
  events.systems.resize(vocabulary::kinds().size());
  if (value == nullptr) {
    return;
  }
  if (value->as<TomlTable>() == nullptr) {
    std::ranges::fill(events.systems, section.cell_text("system").value_or(""));
    return;
  }
  Sheet table = *section.sheet("system");
  for (const std::string& name : table.rest()) {
    if (const auto kind = kind_named(name, table.value_line(name), table.mistakes())) {
      events.systems[*kind] = table.cell_text(name).value_or("");
    }
  }
  if (only && events.systems[*only].empty()) {
    table.mistakes().add(
        table.line(), fmt::format("the kind '{}' has no code system", vocabulary::kinds()[*only]));
  }
}

void read_value(Sheet& section, EventsSection& events) {
  const auto* value = section.find("value");
  if (value == nullptr) {
    return;
  }
  if (value->as<TomlTable>() == nullptr) {
    events.value = column(section, "value");
    return;
  }
  Sheet table = *section.sheet("value");
  if (table.find("column") != nullptr) {
    events.value = column(table, "column");
    table.find("each_column");
  } else {
    events.value_of_each_column = table.flag("each_column").value_or(false);
    if (table.rest().empty() &&
        (!events.value_of_each_column || events.code_form != CodeForm::each_column)) {
      table.mistakes().add(
          table.line(), "value needs a column, or each_column = true where code has each_column");
    }
  }
  table.finish();
}

EventsSection events_section(Sheet section, const Given& given) {
  EventsSection events;
  static_cast<Section&>(events) = common(section, given);
  if (!events.provenance) {
    events.provenance = given.provenance;
  }
  events.day_format = iso_day_format;
  const auto day = cell(section, "day", [&](Sheet& table) {
    events.day_format = format_of(table);
    return Recode();
  });
  if (day && !day->column && given.calendar &&
      !ingest::DayCell(*given.calendar, events.day_format).read(day->constant)) {
    section.mistakes().add(section.value_line("day"),
                           fmt::format("'{}' is not a day", day->constant));
  }
  events.day = day.value_or(Cell{});
  const std::optional<vocabulary::KindId> only = read_kind(section, events);
  read_code(section, events);
  read_systems(section, only, events);
  read_value(section, events);
  section.finish();
  return events;
}

char one_character(Sheet& top, std::string_view key, char otherwise, std::string_view allowed) {
  const auto text = top.cell_text(key);
  if (!text) {
    return otherwise;
  }
  if (text->size() != 1 || allowed.find(text->front()) == std::string_view::npos) {
    top.mistakes().add(top.value_line(key),
                       fmt::format("{} is not one of the characters allowed", key),
                       fmt::format("one of {}", allowed));
    return otherwise;
  }
  return text->front();
}

void read_top(Sheet& top, Mapping& mapping, Given& given) {
  top.need("calendar", "calendar = \"dates\"");
  if (const auto calendar = top.one_of("calendar", calendars)) {
    given.calendar = static_cast<Calendar>(*calendar);
    mapping.calendar = *given.calendar;
  }
  if (const auto period = top.cell_text("period")) {
    const int line = top.value_line("period");
    const Status good = ingest::check_period(*period, top.mistakes().place(line));
    if (!good) {
      top.mistakes().add(good.error(), line);
    }
    mapping.period = *period;
  }
  mapping.not_identifiers = cells_of(top, "not_identifiers");
  mapping.missing = cells_in_order(top, "missing");
  mapping.separator = one_character(top, "separator", '\0', ",;\t|");
  mapping.decimal = one_character(top, "decimal", '.', ".,");
  if (const auto encoding = top.one_of("encoding", encodings)) {
    mapping.encoding = static_cast<Encoding>(*encoding);
  }
  mapping.max_bad_rows = static_cast<std::uint64_t>(
      top.whole("max_bad_rows", 0, std::numeric_limits<std::int64_t>::max()).value_or(0));
  if (top.find("practice") != nullptr) {
    given.practice = cell(top, "practice").value_or(Cell{});
  }
  given.provenance = provenance(top);
}

JoinSection join_section(Sheet section) {
  JoinSection join;
  join.line = section.line();
  section.need("file", "file = \"events.csv\"");
  join.files = cells_of(section, "file");
  section.need("column", "column = \"visit_id\"");
  join.column = column(section, "column").value_or(ColumnName{});
  section.need("with", "with = \"visits.csv\"");
  join.with = section.text("with").value_or("");
  section.need("key", "key = \"id\"");
  join.key = column(section, "key").value_or(ColumnName{});
  section.need("as", "as = \"visit\"");
  if (const auto as = section.text("as")) {
    check_id(*as, "join", section.value_line("as"), section.mistakes());
    join.as = *as;
  }
  section.finish();
  return join;
}

Mapping mapping_of(Sheet& top, const std::filesystem::path& path) {
  Mapping mapping;
  mapping.path = path;
  Given given;
  read_top(top, mapping, given);
  for (const Sheet& section : top.sheets("join")) {
    mapping.joins.push_back(join_section(section.named("[[join]]")));
  }
  if (const auto patients = top.sheet("patients")) {
    mapping.patients = patients_section(patients->named("[patients]"), given);
  }
  for (const Sheet& section : top.sheets("events")) {
    mapping.events.push_back(events_section(section.named("[[events]]"), given));
  }
  const auto* events = top.find("events");
  const auto* list = events == nullptr ? nullptr : events->as<TomlList>();
  const bool no_events = events == nullptr || (list != nullptr && list->empty());
  if (no_events && top.find("patients") == nullptr && top.rest().empty()) {
    top.mistakes().add(top.line(), "the mapping names no file",
                       "write [patients], [[events]] or both");
  }
  return mapping;
}

}  // namespace

bool SaidProvenance::may_be_consulted() const {
  return column ? std::ranges::any_of(words,
                                      [](const auto& word) {
                                        return word.second == records::Provenance::consulted;
                                      })
                : constant == records::Provenance::consulted;
}

std::string Mapping::place(int line) const {
  return fmt::format("{}:{}", path.string(), line);
}

Result<Mapping> parse_mapping(std::string_view text, const std::filesystem::path& path) {
  return read_sheet(text, path, "the mapping", [&](Sheet& top) { return mapping_of(top, path); });
}

Result<Mapping> read_mapping(const std::filesystem::path& path) {
  ASSIGN_OR_RETURN(const std::string text, read_file(path, std::size_t{1} << 22));
  return parse_mapping(text, path);
}

}  // namespace parcours::mapping
