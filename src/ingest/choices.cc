#include "ingest/choices.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <map>

#include "base/files.h"
#include "base/letters.h"
#include "base/nearest.h"
#include "base/sheet.h"
#include "ingest/period.h"

namespace parcours::ingest {
namespace {

const std::array<std::string, 2> omop_codes = {"source", "standard"};  // as OmopCodes has them
const std::array<std::string, 2> diagnosis_days = {"onset",
                                                   "recorded"};  // as DiagnosisDay has them

// Nomenclatures that group codes come before those that do not; an international one before a
// national one.
const std::map<std::string, std::vector<std::string>>& suggested_systems() {
  static const std::map<std::string, std::vector<std::string>> systems = {
      {"consultation", {"icpc2", "snomed", "cpt", "act-code"}},
      {"diagnosis", {"icd10", "icd10cm", "icd9", "icpc2", "drc", "snomed", "orpha"}},
      {"prescription", {"atc", "cip13", "cip7", "cis", "rxnorm", "ndc", "hcpcs", "snomed"}},
      {"lab", {"loinc", "nabm", "snomed"}},
      {"vital", {"loinc", "snomed"}},
      {"vaccination", {"atc", "cvx", "cip13", "cip7", "cis", "rxnorm", "ndc", "snomed"}},
      {"sick_leave", {"icd10"}},
      {"allergy", {"snomed", "atc", "cis", "cip13", "rxnorm", "icd10", "icd10cm"}},
      {"history", {"icd10", "icd10cm", "icd9", "icpc2", "ccam", "snomed", "loinc"}},
      {"procedure", {"ccam", "snomed", "cpt", "hcpcs", "icd9"}},
      {"device", {"snomed", "hcpcs"}}};
  return systems;
}

std::vector<std::string> names_of_systems(const Choices& choices) {
  std::vector<std::string> names;
  for (const vocabulary::CodeSystem& system : vocabulary::code_systems()) {
    names.push_back(system.name);
  }
  for (const vocabulary::CodeSystem& system : choices.own_systems) {
    names.push_back(system.name);
  }
  return names;
}

// How a system's address or object identifier is compared: in either case of letters, without a '/'
// at its end and without "urn:oid:".
std::string compared(std::string_view text) {
  const std::string small = lower(text);
  std::string made(vocabulary::without_oid_prefix(small));
  if (made.ends_with('/')) {
    made.pop_back();
  }
  return made;
}

bool has_address(const vocabulary::CodeSystem& system, std::string_view text) {
  const std::string wanted = compared(text);
  const auto same = [&](const std::string& known) { return compared(known) == wanted; };
  return !wanted.empty() &&
         (std::ranges::any_of(system.addresses, same) || std::ranges::any_of(system.oids, same));
}

// Notes what is named a second time.
void check_once(const std::vector<TextAt>& texts, Mistakes& mistakes) {
  for (auto text = texts.begin(); text != texts.end(); ++text) {
    if (std::ranges::find(texts.begin(), text, text->text, &TextAt::text) != text) {
      mistakes.add(text->line, fmt::format("'{}' is named twice", text->text));
    }
  }
}

void read_addresses(Sheet& sheet, std::string_view key, const Choices& choices,
                    std::vector<std::string>& addresses) {
  for (const TextAt& address : sheet.texts_at(key).value_or(std::vector<TextAt>())) {
    for (const vocabulary::CodeSystem& other : choices.own_systems) {
      if (has_address(other, address.text)) {
        sheet.mistakes().add(address.line,
                             fmt::format("code system '{}' has this {} already", other.name, key));
      }
    }
    addresses.push_back(address.text);
  }
}

std::vector<vocabulary::KindId> read_kinds(Sheet& sheet) {
  sheet.need("kinds", "kinds = [\"lab\"]");
  std::vector<vocabulary::KindId> of_events;
  const auto texts = sheet.texts_at("kinds");
  if (!texts) {
    return of_events;
  }
  bool of_places = false;
  for (const TextAt& kind : *texts) {
    const std::optional<vocabulary::KindId> known = vocabulary::find_kind(kind.text);
    if (kind.text == "place") {
      of_places = true;
    } else if (known) {
      of_events.push_back(*known);
    } else {
      sheet.mistakes().add(kind.line, fmt::format("unknown kind '{}'", kind.text),
                           nearest_hint(kind.text, vocabulary::kinds()));
    }
  }
  check_once(*texts, sheet.mistakes());
  if (texts->empty()) {
    sheet.mistakes().add(sheet.value_line("kinds"), "'kinds' names no kind");
  } else if (of_places && texts->size() > 1) {
    sheet.mistakes().add(sheet.value_line("kinds"), "a code system is of places or of events",
                         "make two code systems of it");
  }
  return of_events;
}

void read_own_system(Sheet sheet, Choices& choices) {
  vocabulary::CodeSystem own;
  sheet.need("name", "name = \"lab\"");
  if (const auto name = sheet.text("name")) {
    check_id(*name, "code system", sheet.value_line("name"), sheet.mistakes());
    own.name = *name;
    if (choices.system_called(own.name) != nullptr) {
      sheet.mistakes().add(sheet.value_line("name"),
                           fmt::format("there is a code system '{}' already", own.name));
    }
  }
  read_addresses(sheet, "address", choices, own.addresses);
  read_addresses(sheet, "oid", choices, own.oids);
  own.kinds = read_kinds(sheet);
  sheet.finish();
  choices.own_systems.push_back(std::move(own));
}

void check_known(const TextAt& system, const std::vector<std::string>& known, Mistakes& mistakes) {
  if (std::ranges::find(known, system.text) == known.end()) {
    mistakes.add(system.line, fmt::format("unknown code system '{}'", system.text),
                 nearest_hint(system.text, known));
  }
}

void read_orders(Sheet sheet, Choices& choices) {
  const std::vector<std::string> known = names_of_systems(choices);
  for (vocabulary::KindId kind = 0; kind < vocabulary::kinds().size(); ++kind) {
    const auto order = sheet.texts_at(vocabulary::kinds()[kind]);
    if (!order) {
      continue;
    }
    choices.systems[kind].clear();
    check_once(*order, sheet.mistakes());
    for (const TextAt& system : *order) {
      check_known(system, known, sheet.mistakes());
      const vocabulary::CodeSystem* called = choices.system_called(system.text);
      if (called != nullptr && std::ranges::find(called->kinds, kind) == called->kinds.end()) {
        sheet.mistakes().add(system.line, fmt::format("code system '{}' has no codes of kind '{}'",
                                                      system.text, vocabulary::kinds()[kind]));
      }
      choices.systems[kind].push_back(system.text);
    }
  }
  sheet.finish();
}

void read_source_values(Sheet sheet, Choices& choices) {
  const std::vector<std::string> known = names_of_systems(choices);
  for (vocabulary::KindId kind = 0; kind < vocabulary::kinds().size(); ++kind) {
    if (const auto system = sheet.one_of(vocabulary::kinds()[kind], known)) {
      choices.omop_source_values[kind] = known[*system];
    }
  }
  sheet.finish();
}

// A name, or a number from 1; `line` is that of the key.
MapColumn read_map_column(Sheet& sheet, std::string_view key) {
  sheet.need(key, fmt::format("{} = \"the column's name\"", key));
  MapColumn column;
  const TomlValue* value = sheet.find(key);
  if (value != nullptr && value->as<std::int64_t>() != nullptr) {
    constexpr int most_columns = 10'000;
    column.number = static_cast<std::size_t>(sheet.whole(key, 1, most_columns).value_or(1));
  } else {
    column.name = sheet.text(key).value_or("");
  }
  return column;
}

void read_map(Sheet sheet, Choices& choices) {
  const std::vector<std::string> known = names_of_systems(choices);
  CodeMap map{.from = {},
              .to = {},
              .file = {},
              .from_column = {},
              .to_column = {},
              .line = sheet.line(),
              .codes = {}};
  for (const auto& [key, system] : {std::pair("from", &map.from), std::pair("to", &map.to)}) {
    sheet.need(key, fmt::format("{} = \"atc\"", key));
    if (const auto name = sheet.text(key)) {
      check_known({*name, sheet.value_line(key)}, known, sheet.mistakes());
      *system = *name;
    }
  }
  if (!map.from.empty() && map.from == map.to) {
    sheet.mistakes().add(sheet.value_line("to"), "a map leads to another code system");
  }
  sheet.need("file", "file = \"cis_atc.txt\"");
  map.file = choices.path.parent_path() / sheet.text("file").value_or("");
  map.from_column = read_map_column(sheet, "from_column");
  map.to_column = read_map_column(sheet, "to_column");
  if ((map.from_column.number == 0) != (map.to_column.number == 0)) {
    sheet.mistakes().add(sheet.line(), "from_column and to_column are both names or both numbers",
                         "write numbers where the file has no header");
  }
  sheet.finish();
  choices.maps.push_back(std::move(map));
}

void read_diagnosis_day(Sheet& top, Choices& choices) {
  const auto days = top.texts_at("diagnosis_day");
  if (!days) {
    return;
  }
  choices.diagnosis_day.clear();
  check_once(*days, top.mistakes());
  if (days->empty()) {
    top.mistakes().add(top.value_line("diagnosis_day"), "'diagnosis_day' names no day",
                       "known: onset, recorded");
  }
  for (const TextAt& day : *days) {
    const auto known = std::ranges::find(diagnosis_days, day.text);
    if (known == diagnosis_days.end()) {
      top.mistakes().add(day.line, fmt::format("unknown diagnosis_day '{}'", day.text),
                         nearest_hint(day.text, diagnosis_days));
    } else {
      choices.diagnosis_day.push_back(static_cast<DiagnosisDay>(known - diagnosis_days.begin()));
    }
  }
}

Choices choices_of(Sheet& top, const std::filesystem::path& path) {
  Choices choices;
  choices.path = path;
  if (const auto period = top.cell_text("period")) {
    const int line = top.value_line("period");
    if (const Status good = check_period(*period, top.mistakes().place(line)); !good) {
      top.mistakes().add(good.error(), line);
    }
    choices.period = *period;
  }
  choices.practice = top.text("practice").value_or("");
  if (const auto most = top.whole("max_bad_rows", 0, std::numeric_limits<std::int64_t>::max())) {
    choices.max_bad_rows = static_cast<std::uint64_t>(*most);
  }
  choices.patient_identifier = top.text("patient_identifier").value_or("");
  if (const auto codes = top.one_of("omop_codes", omop_codes)) {
    choices.omop_codes = static_cast<OmopCodes>(*codes);
  }
  read_diagnosis_day(top, choices);
  for (Sheet& system : top.sheets("code_system")) {
    read_own_system(system.named("[[code_system]]"), choices);
  }
  for (Sheet& map : top.sheets("map")) {
    read_map(map.named("[[map]]"), choices);
  }
  const std::vector<std::string> known = names_of_systems(choices);
  for (const TextAt& system : top.texts_at("not_identifiers").value_or(std::vector<TextAt>())) {
    check_known(system, known, top.mistakes());
    choices.not_identifiers.push_back(system.text);
  }
  // What the source has of its own comes first.
  for (const vocabulary::CodeSystem& own : choices.own_systems) {
    for (const vocabulary::KindId kind : own.kinds) {
      choices.systems[kind].insert(choices.systems[kind].begin(), own.name);
    }
  }
  if (const auto orders = top.sheet("systems")) {
    read_orders(orders->named("[systems]"), choices);
  }
  if (const auto values = top.sheet("omop_source_values")) {
    read_source_values(values->named("[omop_source_values]"), choices);
  }
  return choices;
}

}  // namespace

Choices::Choices()
    : systems(vocabulary::kinds().size()), omop_source_values(vocabulary::kinds().size()) {
  for (vocabulary::KindId kind = 0; kind < vocabulary::kinds().size(); ++kind) {
    systems[kind] = suggested_systems().at(vocabulary::kinds()[kind]);
  }
}

const vocabulary::CodeSystem* Choices::system_called(std::string_view text) const {
  for (const vocabulary::CodeSystem& own : own_systems) {
    if (own.name == text || has_address(own, text)) {
      return &own;
    }
  }
  return vocabulary::code_system_called(text);
}

Result<Choices> parse_choices(std::string_view text, const std::filesystem::path& path) {
  return read_sheet(text, path, "the choices", [&](Sheet& top) { return choices_of(top, path); });
}

Result<Choices> read_choices(const std::filesystem::path& path) {
  ASSIGN_OR_RETURN(const std::string text, read_file(path, std::size_t{1} << 22));
  ASSIGN_OR_RETURN(Choices choices, parse_choices(text, path));
  for (CodeMap& map : choices.maps) {
    RETURN_IF_ERROR(
        read_codes(map, *choices.system_called(map.from), *choices.system_called(map.to)));
  }
  return choices;
}

}  // namespace parcours::ingest
