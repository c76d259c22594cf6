#include "draft/events_section.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>
#include <optional>
#include <utility>

#include "base/letters.h"
#include "base/toml.h"
#include "draft/look.h"
#include "mapping/mapping.h"

namespace parcours::draft {
namespace {

class EventsDrafting {
 public:
  EventsDrafting(const SeenFiles& seen, SeenFile& file) : seen_(seen), file_(file) {}
  Status write_events();
  Section section() && { return std::move(section_); }

 private:
  Status write_kinds(const exports::ColumnGuess& kind, const exports::ColumnGuess& code);
  Status write_kind_and_code(const exports::ColumnGuess& code, bool has_value);
  Result<const exports::ColumnGuess*> value_of(const exports::ColumnGuess& code);
  void write_provenance();

  const SeenFiles& seen_;
  SeenFile& file_;
  Section section_;
};

// A column that says the kind of each row. Each kind has its own code system.
Status EventsDrafting::write_kinds(const exports::ColumnGuess& kind,
                                   const exports::ColumnGuess& code) {
  constexpr int most_kinds = 30;
  ASSIGN_OR_RETURN(const auto values, few_values(file_.file, kind.name, most_kinds));
  std::string map;
  std::map<vocabulary::KindId, std::string> systems;
  std::size_t unknown = 0;
  for (const std::string& value : values.value_or(std::vector<std::string>())) {
    const std::optional<vocabulary::KindId> known = vocabulary::kind_called(value);
    if (!known) {
      ++unknown;
      continue;
    }
    if (value != vocabulary::kinds()[*known]) {
      map += fmt::format("{}{} = {}", map.empty() ? "" : ", ", toml_text(value),
                         toml_text(vocabulary::kinds()[*known]));
    }
    ASSIGN_OR_RETURN(
        const vocabulary::CodeSystem* system,
        system_of_codes(file_.file, code.name,
                        fmt::format("CAST({} AS VARCHAR) = {}", duck::quoted_name(kind.name),
                                    duck::quoted(std::string_view(value)))));
    const bool sound =
        system != nullptr && std::ranges::find(system->kinds, *known) != system->kinds.end();
    systems[*known] = sound ? system->name : vocabulary::kinds()[*known];
  }
  section_.line("kind",
                map.empty()
                    ? toml_text(kind.name)
                    : fmt::format("{{ column = {}, map = {{ {} }} }}", toml_text(kind.name), map),
                kind.reason.en);
  section_.line("code", toml_text(code.name), code.reason.en);
  if (!values || unknown > 0 || systems.empty()) {
    section_.doubts.push_back(
        fmt::format("{}: column '{}' has words that are no kind of events; give it a map",
                    file_.name, kind.name));
  }
  std::vector<std::string> table;
  for (const auto& [known, system] : systems) {
    table.push_back(fmt::format("{} = {}", vocabulary::kinds()[known], toml_text(system)));
  }
  section_.line("system", fmt::format("{{ {} }}", fmt::join(table, ", ")),
                "by the form of the codes");
  return {};
}

// The kind by what the file or the code's column is called, else by the form of the codes.
Status EventsDrafting::write_kind_and_code(const exports::ColumnGuess& code, bool has_value) {
  if (const exports::ColumnGuess* kind = seeming(file_.guess, exports::ColumnRole::kind)) {
    return write_kinds(*kind, code);
  }
  const vocabulary::CodeSystem* system = vocabulary::find_code_system(lower(code.name));  // "icd10"
  if (system == nullptr) {
    ASSIGN_OR_RETURN(system, system_of_codes(file_.file, code.name));
  }
  std::optional<vocabulary::KindId> known;
  std::string why = "the file is called so";
  const std::string stem = stem_of(file_.name);
  for (std::size_t end = stem.size(); end > 0 && !known; --end) {
    known = vocabulary::kind_called(stem.substr(0, end));
  }
  if (!known) {
    known = vocabulary::kind_called(code.name);
    why = "the column of codes is called so";
  }
  if (!known && system != nullptr) {
    known = system->kinds.front();
    why = fmt::format("the codes are of {}", system->name);
  }
  if (!known && has_value) {
    known = vocabulary::find_kind("lab");
    why = "each row has a number";
  }
  if (!known) {
    known = vocabulary::find_kind("diagnosis");
    why = "nothing says it";
    section_.doubts.push_back(file_.name + ": nothing says of what kind its events are");
  }
  if (system != nullptr && std::ranges::find(system->kinds, *known) == system->kinds.end()) {
    system = nullptr;  // a likeness by chance
  }
  section_.line("kind", fmt::format("{{ constant = \"{}\" }}", vocabulary::kinds()[*known]), why);
  section_.line("code", toml_text(code.name), code.reason.en);
  section_.line("system", toml_text(system != nullptr ? system->name : stem),
                system != nullptr ? "the column is called so, or nine of ten codes have its form"
                                  : "codes of the source's own");
  return {};
}

Result<const exports::ColumnGuess*> EventsDrafting::value_of(const exports::ColumnGuess& code) {
  for (const exports::ColumnGuess& column : file_.guess.columns) {
    if (&column != &code && !is_id(column.name) &&
        any_word_of(column.name, {"value", "valeur", "result", "résultat"})) {
      ASSIGN_OR_RETURN(const bool numeric, is_numeric(file_.file, column.name));
      if (numeric) {
        return &column;
      }
    }
  }
  return nullptr;
}

// How the rows came into the software no values tell for certain: the user has to say it.
void EventsDrafting::write_provenance() {
  const exports::ColumnGuess* said = called_like(
      file_.guess, {"provenance", "origin", "origine", "source", "imported", "importé"});
  if (said == nullptr) {
    section_.text +=
        "# provenance = \"entered\"   # or \"received\" (a laboratory's), \"imported\" (taken over "
        "by the doctor), \"consulted\" (only looked at: never enters)\n";
    return;
  }
  section_.text += fmt::format(
      "# provenance = {{ column = {}, entered = [\"...\"], received = [\"...\"], imported = "
      "[\"...\"], consulted = [\"...\"] }}\n",
      toml_text(said->name));
  section_.doubts.push_back(
      fmt::format("{}: '{}' seems to say where a row comes from; list its words under provenance, "
                  "so that what was only consulted elsewhere does not enter",
                  file_.name, said->name));
}

Status EventsDrafting::write_events() {
  const NamedColumn patient = of_role(file_, exports::ColumnRole::patient);
  const NamedColumn day = of_role(file_, exports::ColumnRole::date);
  const exports::ColumnGuess* code = code_of(file_);
  section_.text += "\n[[events]]\n";
  section_.line("file", toml_text(file_.name), "");
  section_.line("patient", patient.text, patient.column->reason.en);
  section_.practice(file_);
  if (seen_.dates && !day.column->day_format.empty()) {
    section_.line(
        "day",
        fmt::format("{{ column = {}, format = {} }}", day.text, toml_text(day.column->day_format)),
        day.column->reason.en);
  } else {
    section_.line("day", day.text, day.column->reason.en);
  }
  ASSIGN_OR_RETURN(const exports::ColumnGuess* value, value_of(*code));
  RETURN_IF_ERROR(write_kind_and_code(*code, value != nullptr));
  if (value != nullptr) {
    section_.line("value", toml_text(value->name), "named like a value, and numbers");
    if (const exports::ColumnGuess* unit = called_like(file_.guess, {"unit"})) {
      section_.doubts.push_back(fmt::format(
          "{}: '{}' seems to be the unit, which a mapping does not read; values of one code in "
          "several units would be mixed",
          file_.name, unit->name));
    }
  }
  write_provenance();
  if (file_.guess.code_is_doubtful && !file_.guess.other_code.empty()) {
    section_.doubts.push_back(
        fmt::format("{}: the code may as well be '{}'", file_.name, file_.guess.other_code));
  }
  return {};
}

}  // namespace

Result<Section> events_section(const SeenFiles& seen, SeenFile& file) {
  EventsDrafting drafting(seen, file);
  RETURN_IF_ERROR(drafting.write_events());
  return std::move(drafting).section();
}

}  // namespace parcours::draft
