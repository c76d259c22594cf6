#include "ingest/mapping.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/files.h"
#include "base/nearest.h"
#include "base/toml_depth.h"
#include "ingest/cells.h"
#include "ingest/period.h"
#include "ingest/toml_section.h"

namespace parcours::ingest {
namespace {

std::vector<std::string> in_order(std::vector<std::string> texts) {
  std::ranges::sort(texts);
  return texts;
}

// One of a few names, by its place in `names`.
Result<std::size_t> choice(const TomlSection& section, std::string_view key,
                           const std::vector<std::string>& names) {
  ASSIGN_OR_RETURN(const std::string name, section.text(key, fmt::format("\"{}\"", names.front())));
  const auto found = std::ranges::find(names, name);
  if (found == names.end()) {
    return bad_input(fmt::format("unknown {} '{}'", key, name), section.where(*section.find(key)),
                     nearest_hint(name, names));
  }
  return static_cast<std::size_t>(found - names.begin());
}

Result<KindId> kind_named(const std::string& name, const std::string& where) {
  const std::optional<KindId> kind = find_kind(name);
  if (!kind) {
    return bad_input(fmt::format("unknown kind '{}'", name), where, nearest_hint(name, kinds()));
  }
  return *kind;
}

Result<ColumnName> column(const TomlSection& section, std::string_view key,
                          std::string_view example = "\"the column's name\"") {
  ASSIGN_OR_RETURN(std::string name, section.text(key, example));
  return ColumnName{std::move(name), TomlSection::line(*section.find(key))};
}

Result<std::vector<ColumnName>> columns(const TomlSection& section, std::string_view key) {
  ASSIGN_OR_RETURN(const std::vector<std::string> names, section.texts(key));
  std::vector<ColumnName> columns;
  const toml::array* list = section.find(key)->as_array();
  for (std::size_t i = 0; i < names.size(); ++i) {
    const toml::node* node = list == nullptr ? section.find(key) : list->get(i);
    columns.push_back({names[i], TomlSection::line(*node)});
  }
  if (columns.empty()) {
    return bad_input(fmt::format("{} in {} names no column", key, section.name()), section.where());
  }
  return columns;
}

Result<Recode> recode(const TomlSection& section) {
  Recode map;
  if (!section.has("map")) {
    return map;
  }
  ASSIGN_OR_RETURN(const TomlSection table,
                   section.section(*section.find("map"), "map of " + section.name()));
  for (const auto& [key, node] : table.table()) {
    const std::optional<std::string> to = TomlSection::as_text(node);
    if (!to) {
      return bad_input(fmt::format("'{}' in {} is not a text", key.str(), table.name()),
                       table.where(node));
    }
    map.emplace(key.str(), *to);
  }
  return map;
}

// { column = "..." } or { constant = "..." }, in a table whose other keys the caller reads.
Result<Cell> cell_of(const TomlSection& section) {
  Cell cell;
  if (section.has("column") == section.has("constant")) {
    return bad_input(fmt::format("{} needs either a column or a constant", section.name()),
                     section.where());
  }
  if (section.has("column")) {
    ASSIGN_OR_RETURN(cell.column, column(section, "column"));
  } else {
    ASSIGN_OR_RETURN(cell.constant, section.text("constant", "\"...\""));
  }
  ASSIGN_OR_RETURN(cell.map, recode(section));
  return cell;
}

// `key` of the section: a column's name, or a table, which is handed to `more` for its own keys.
template <class More>
Result<Cell> cell(const TomlSection& section, std::string_view key,
                  std::initializer_list<std::string_view> known, More more) {
  ASSIGN_OR_RETURN(const toml::node* node, section.need(key, "\"the column's name\""));
  if (!node->is_table()) {
    ASSIGN_OR_RETURN(ColumnName name, column(section, key));
    return Cell{std::move(name), {}, {}};
  }
  ASSIGN_OR_RETURN(const TomlSection table,
                   section.section(*node, fmt::format("{} of {}", key, section.name())));
  RETURN_IF_ERROR(table.only(known));
  RETURN_IF_ERROR(more(table));
  return cell_of(table);
}

Result<Cell> cell(const TomlSection& section, std::string_view key) {
  return cell(section, key, {"column", "constant"}, [](const TomlSection&) { return Status(); });
}

Status read_format(const TomlSection& table, std::string& format) {
  if (!table.has("format")) {
    return {};
  }
  ASSIGN_OR_RETURN(format, table.text("format", "\"%d/%m/%Y\""));
  if (!is_day_format(format)) {
    return bad_input(fmt::format("'{}' is not a date format", format),
                     table.where(*table.find("format")), day_format_hint);
  }
  return {};
}

Result<Condition> condition(const TomlSection& section) {
  RETURN_IF_ERROR(section.only({"column", "in", "not"}));
  Condition condition;
  ASSIGN_OR_RETURN(condition.column, column(section, "column"));
  if (section.has("in") == section.has("not")) {
    return bad_input("where needs either in = [...] or not = [...]", section.where());
  }
  condition.in = section.has("in");
  ASSIGN_OR_RETURN(std::vector<std::string> values, section.texts(condition.in ? "in" : "not"));
  condition.values = in_order(std::move(values));
  return condition;
}

Result<std::vector<Condition>> conditions(const TomlSection& section) {
  std::vector<Condition> all;
  const toml::node* node = section.find("where");
  if (node == nullptr) {
    return all;
  }
  const toml::array* list = node->as_array();
  for (std::size_t i = 0; i < (list == nullptr ? 1 : list->size()); ++i) {
    ASSIGN_OR_RETURN(
        const TomlSection table,
        section.section(list == nullptr ? *node : *list->get(i), "where of " + section.name()));
    ASSIGN_OR_RETURN(Condition one, condition(table));
    all.push_back(std::move(one));
  }
  return all;
}

// What patients and events have alike. `top` may hold the practice for all.
Result<Section> common(const TomlSection& section, const TomlSection& top) {
  Section common;
  common.line = TomlSection::line(section.table());
  RETURN_IF_ERROR(section.need("file", "\"events.csv\""));
  ASSIGN_OR_RETURN(common.files, section.texts("file"));
  if (common.files.empty()) {
    return bad_input("file names no file", section.where(*section.find("file")));
  }
  ASSIGN_OR_RETURN(common.patient, column(section, "patient"));
  const TomlSection& holder = section.has("practice") || !top.has("practice") ? section : top;
  ASSIGN_OR_RETURN(common.practice, cell(holder, "practice"));
  ASSIGN_OR_RETURN(common.where, conditions(section));
  return common;
}

Status read_birth(const TomlSection& section, Calendar calendar, PatientsSection& patients) {
  const std::array<std::pair<std::string_view, Birth>, 3> forms = {
      {{"birth_year", Birth::year}, {"birth_date", Birth::date}, {"age", Birth::age}}};
  patients.birth_format = iso_day_format;
  for (const auto& [key, form] : forms) {
    if (!section.has(key)) {
      continue;
    }
    const std::string where = section.where(*section.find(key));
    if (patients.birth != Birth::unknown) {
      return bad_input("[patients] gives the age in two ways", where,
                       "keep one of birth_year, birth_date, age");
    }
    if ((form == Birth::age) == (calendar == Calendar::dates)) {
      return bad_input(fmt::format("{} does not fit this calendar", key), where,
                       calendar == Calendar::dates ? "with the calendar 'dates', write birth_year "
                                                     "or birth_date"
                                                   : "with the calendar 'days' or 'order', write "
                                                     "age, in years at day 0");
    }
    patients.birth = form;
    ASSIGN_OR_RETURN(patients.born, cell(section, key, {"column", "constant", "format", "map"},
                                         [&](const TomlSection& table) {
                                           return read_format(table, patients.birth_format);
                                         }));
  }
  return {};
}

Status read_sex(const TomlSection& section, PatientsSection& patients) {
  ASSIGN_OR_RETURN(const TomlSection table,
                   section.section(*section.find("sex"), "sex of " + section.name()));
  RETURN_IF_ERROR(table.only({"column", "female", "male", "unknown"}));
  ASSIGN_OR_RETURN(patients.sex, column(table, "column"));
  const std::array<std::pair<std::string_view, Sex>, 3> sexes = {
      {{"female", Sex::female}, {"male", Sex::male}, {"unknown", Sex::unknown}}};
  for (const auto& [key, sex] : sexes) {
    ASSIGN_OR_RETURN(const std::vector<std::string> texts, table.texts(key));
    for (const std::string& text : texts) {
      if (!patients.sexes.emplace(text, sex).second) {
        return bad_input(fmt::format("'{}' is given for two sexes", text),
                         table.where(*table.find(key)));
      }
    }
  }
  return {};
}

Result<PatientsSection> patients_section(const TomlSection& section, const TomlSection& top,
                                         Calendar calendar) {
  RETURN_IF_ERROR(section.only({"file", "patient", "practice", "where", "birth_year", "birth_date",
                                "age", "sex", "place", "several_rows"}));
  PatientsSection patients;
  ASSIGN_OR_RETURN(static_cast<Section&>(patients), common(section, top));
  RETURN_IF_ERROR(read_birth(section, calendar, patients));
  if (section.has("sex")) {
    RETURN_IF_ERROR(read_sex(section, patients));
  }
  if (section.has("place")) {
    ASSIGN_OR_RETURN(const TomlSection table,
                     section.section(*section.find("place"), "place of " + section.name()));
    ASSIGN_OR_RETURN(patients.place_system, table.text("system", "\"fr-department\""));
    ASSIGN_OR_RETURN(patients.place, cell(section, "place", {"column", "constant", "system", "map"},
                                          [](const TomlSection&) { return Status(); }));
  }
  if (section.has("several_rows")) {
    RETURN_IF_ERROR(choice(section, "several_rows", {"first"}));
    patients.first_row_holds = true;
  }
  return patients;
}

Status read_code(const TomlSection& section, EventsSection& events) {
  const toml::node* node = section.find("code");
  if (node != nullptr && node->is_table()) {
    ASSIGN_OR_RETURN(const TomlSection table, section.section(*node, "code of " + section.name()));
    for (const auto& [key, form] : {std::pair("columns", CodeForm::columns),
                                    std::pair("each_column", CodeForm::each_column)}) {
      if (table.has(key)) {
        RETURN_IF_ERROR(table.only({key, "not", "map"}));
        ASSIGN_OR_RETURN(events.code_columns, columns(table, key));
        ASSIGN_OR_RETURN(std::vector<std::string> none, table.texts("not"));
        ASSIGN_OR_RETURN(events.code.map, recode(table));
        events.code_not = in_order(std::move(none));
        events.code_form = form;
        return {};
      }
    }
  }
  ASSIGN_OR_RETURN(
      events.code,
      cell(section, "code", {"column", "constant", "columns", "each_column", "map", "if_empty"},
           [&](const TomlSection& table) -> Status {
             ASSIGN_OR_RETURN(events.code_if_empty, table.maybe_text("if_empty"));
             return {};
           }));
  return {};
}

Status read_kind(const TomlSection& section, EventsSection& events) {
  ASSIGN_OR_RETURN(events.kind, cell(section, "kind", {"column", "constant", "map"},
                                     [](const TomlSection&) { return Status(); }));
  const std::string where = section.where(*section.find("kind"));
  if (!events.kind.column) {
    RETURN_IF_ERROR(kind_named(events.kind.constant, where));
  }
  for (const auto& [from, to] : events.kind.map) {
    RETURN_IF_ERROR(kind_named(to, where));
  }
  return {};
}

Status read_systems(const TomlSection& section, EventsSection& events) {
  ASSIGN_OR_RETURN(const toml::node* node, section.need("system", "\"icd10\""));
  events.systems.resize(kinds().size());
  if (!node->is_table()) {
    ASSIGN_OR_RETURN(const std::string system, section.text("system", "\"icd10\""));
    std::ranges::fill(events.systems, system);
    return {};
  }
  ASSIGN_OR_RETURN(const TomlSection table, section.section(*node, "system of " + section.name()));
  for (const auto& [key, system] : table.table()) {
    ASSIGN_OR_RETURN(const KindId kind, kind_named(std::string(key.str()), table.where(system)));
    ASSIGN_OR_RETURN(events.systems[kind], table.text(key.str(), "\"icd10\""));
  }
  if (!events.kind.column) {
    const KindId kind = *find_kind(events.kind.constant);
    if (events.systems[kind].empty()) {
      return bad_input(fmt::format("the kind '{}' has no code system", events.kind.constant),
                       table.where());
    }
  }
  return {};
}

Status read_value(const TomlSection& section, EventsSection& events) {
  const toml::node* node = section.find("value");
  if (node == nullptr) {
    return {};
  }
  if (!node->is_table()) {
    ASSIGN_OR_RETURN(events.value, column(section, "value"));
    return {};
  }
  ASSIGN_OR_RETURN(const TomlSection table, section.section(*node, "value of " + section.name()));
  RETURN_IF_ERROR(table.only({"column", "each_column"}));
  if (table.has("column")) {
    ASSIGN_OR_RETURN(events.value, column(table, "column"));
    return {};
  }
  events.value_of_each_column = table.table()["each_column"].value_or(false);
  if (!events.value_of_each_column || events.code_form != CodeForm::each_column) {
    return bad_input("value needs a column, or each_column = true where code has each_column",
                     table.where());
  }
  return {};
}

Result<EventsSection> events_section(const TomlSection& section, const TomlSection& top,
                                     Calendar calendar) {
  RETURN_IF_ERROR(section.only(
      {"file", "patient", "practice", "where", "day", "kind", "code", "system", "value"}));
  EventsSection events;
  ASSIGN_OR_RETURN(static_cast<Section&>(events), common(section, top));
  events.day_format = iso_day_format;
  ASSIGN_OR_RETURN(events.day, cell(section, "day", {"column", "constant", "format"},
                                    [&](const TomlSection& table) {
                                      return read_format(table, events.day_format);
                                    }));
  if (!events.day.column && !DayCell(calendar, events.day_format).read(events.day.constant)) {
    return bad_input(fmt::format("'{}' is not a day", events.day.constant),
                     section.where(*section.find("day")));
  }
  RETURN_IF_ERROR(read_kind(section, events));
  RETURN_IF_ERROR(read_code(section, events));
  RETURN_IF_ERROR(read_systems(section, events));
  RETURN_IF_ERROR(read_value(section, events));
  return events;
}

Result<char> one_of(const TomlSection& top, std::string_view key, char otherwise,
                    std::string_view allowed) {
  ASSIGN_OR_RETURN(const std::optional<std::string> text, top.maybe_text(key));
  if (!text) {
    return otherwise;
  }
  if (text->size() != 1 || allowed.find(text->front()) == std::string_view::npos) {
    return bad_input(fmt::format("{} is not one of the characters allowed", key),
                     top.where(*top.find(key)), fmt::format("write one of {}", allowed));
  }
  return text->front();
}

Status read_top(const TomlSection& top, Mapping& mapping) {
  RETURN_IF_ERROR(top.only({"calendar", "period", "missing", "practice", "separator", "decimal",
                            "max_bad_rows", "not_identifiers", "patients", "events"}));
  ASSIGN_OR_RETURN(const std::size_t calendar, choice(top, "calendar", {"dates", "days", "order"}));
  mapping.calendar = static_cast<Calendar>(calendar);
  ASSIGN_OR_RETURN(const std::optional<std::string> period, top.maybe_text("period"));
  mapping.period = period.value_or("");
  if (period) {
    RETURN_IF_ERROR(check_period(*period, top.where(*top.find("period"))));
  }
  ASSIGN_OR_RETURN(mapping.not_identifiers, top.texts("not_identifiers"));
  ASSIGN_OR_RETURN(std::vector<std::string> missing, top.texts("missing"));
  mapping.missing = in_order(std::move(missing));
  ASSIGN_OR_RETURN(mapping.separator, one_of(top, "separator", '\0', ",;\t|"));
  ASSIGN_OR_RETURN(mapping.decimal, one_of(top, "decimal", '.', ".,"));
  if (const toml::node* node = top.find("max_bad_rows")) {
    const std::optional<std::int64_t> most = node->value<std::int64_t>();
    if (!most || *most < 0) {
      return bad_input("max_bad_rows is not a number of rows", top.where(*node));
    }
    mapping.max_bad_rows = static_cast<std::uint64_t>(*most);
  }
  return {};
}

Result<Mapping> read_all(const toml::table& document, const std::filesystem::path& path) {
  Mapping mapping;
  mapping.path = path;
  const TomlSection top(document, "the mapping", path.string());
  RETURN_IF_ERROR(read_top(top, mapping));
  if (const toml::node* node = top.find("patients")) {
    ASSIGN_OR_RETURN(const TomlSection section, top.section(*node, "[patients]"));
    ASSIGN_OR_RETURN(mapping.patients, patients_section(section, top, mapping.calendar));
  }
  if (const toml::node* node = top.find("events")) {
    const toml::array* list = node->as_array();
    if (list == nullptr) {
      return bad_input("[events] is one table", top.where(*node), "write [[events]]");
    }
    for (const toml::node& each : *list) {
      ASSIGN_OR_RETURN(const TomlSection section, top.section(each, "[[events]]"));
      ASSIGN_OR_RETURN(EventsSection events, events_section(section, top, mapping.calendar));
      mapping.events.push_back(std::move(events));
    }
  }
  if (!mapping.patients && mapping.events.empty()) {
    return bad_input("the mapping names no file", path.string(),
                     "write [patients], [[events]] or both");
  }
  return mapping;
}

}  // namespace

std::string Mapping::place(int line) const {
  return fmt::format("{}:{}", path.string(), line);
}

Result<Mapping> parse_mapping(std::string_view text, const std::filesystem::path& path) {
  try {
    RETURN_IF_ERROR(check_toml_depth(text, path.string()));
    const toml::table document = toml::parse(text, path.string());
    return read_all(document, path);
  } catch (const toml::parse_error& error) {
    return bad_input(fmt::format("this is not TOML: {}", error.description()),
                     fmt::format("{}:{}", path.string(), error.source().begin.line));
  }
}

Result<Mapping> read_mapping(const std::filesystem::path& path) {
  ASSIGN_OR_RETURN(const std::string text, read_file(path, std::size_t{1} << 22));
  return parse_mapping(text, path);
}

}  // namespace parcours::ingest
