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
      {"diagnosis", {"icd10", "icd10cm", "icd9", "icpc2", "snomed"}},
      {"prescription", {"atc", "cip13", "cip7", "cis", "rxnorm", "ndc", "hcpcs", "snomed"}},
      {"lab", {"loinc", "snomed"}},
      {"vital", {"loinc", "snomed"}},
      {"vaccination", {"atc", "cvx", "cip13", "cip7", "cis", "rxnorm", "ndc", "snomed"}},
      {"sick_leave", {"icd10"}},
      {"allergy", {"snomed", "atc", "rxnorm", "icd10", "icd10cm"}},
      {"history", {"icd10", "icd10cm", "icd9", "icpc2", "ccam", "snomed", "loinc"}},
      {"procedure", {"ccam", "snomed", "cpt", "hcpcs", "icd9"}}};
  return systems;
}

std::vector<std::string> names_of_systems(const Choices& choices) {
  std::vector<std::string> names;
  for (const CodeSystem& system : code_systems()) {
    names.push_back(system.name);
  }
  for (const CodeSystem& system : choices.own_systems) {
    names.push_back(system.name);
  }
  return names;
}

void read_own_system(Sheet sheet, Choices& choices) {
  CodeSystem own;
  sheet.need("name", "name = \"lab\"");
  if (const auto name = sheet.text("name")) {
    check_id(*name, "code system", sheet.value_line("name"), sheet.mistakes());
    own.name = *name;
    if (choices.system_called(own.name) != nullptr) {
      sheet.mistakes().add(sheet.value_line("name"),
                           fmt::format("there is a code system '{}' already", own.name));
    }
  }
  own.addresses = sheet.texts("address").value_or(std::vector<std::string>());
  own.oids = sheet.texts("oid").value_or(std::vector<std::string>());
  sheet.need("kinds", "kinds = [\"lab\"]");
  for (const TextAt& kind : sheet.texts_at("kinds").value_or(std::vector<TextAt>())) {
    if (kind.text == "place") {
      continue;
    }
    if (const auto known = find_kind(kind.text)) {
      own.kinds.push_back(*known);
    } else {
      sheet.mistakes().add(kind.line, fmt::format("unknown kind '{}'", kind.text),
                           nearest_hint(kind.text, kinds()));
    }
  }
  sheet.finish();
  choices.own_systems.push_back(std::move(own));
}

void read_orders(Sheet sheet, Choices& choices) {
  const std::vector<std::string> known = names_of_systems(choices);
  for (KindId kind = 0; kind < kinds().size(); ++kind) {
    const auto order = sheet.texts_at(kinds()[kind]);
    if (!order) {
      continue;
    }
    choices.systems[kind].clear();
    for (const TextAt& system : *order) {
      if (std::ranges::find(known, system.text) == known.end()) {
        sheet.mistakes().add(system.line, fmt::format("unknown code system '{}'", system.text),
                             nearest_hint(system.text, known));
      }
      choices.systems[kind].push_back(system.text);
    }
  }
  sheet.finish();
}

void read_source_values(Sheet sheet, Choices& choices) {
  const std::vector<std::string> known = names_of_systems(choices);
  for (KindId kind = 0; kind < kinds().size(); ++kind) {
    if (const auto system = sheet.one_of(kinds()[kind], known)) {
      choices.omop_source_values[kind] = known[*system];
    }
  }
  sheet.finish();
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
  choices.not_identifiers = top.texts("not_identifiers").value_or(std::vector<std::string>());
  choices.patient_identifier = top.text("patient_identifier").value_or("");
  if (const auto codes = top.one_of("omop_codes", omop_codes)) {
    choices.omop_codes = static_cast<OmopCodes>(*codes);
  }
  if (const auto days = top.texts_at("diagnosis_day")) {
    choices.diagnosis_day.clear();
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
  for (Sheet& system : top.sheets("code_system")) {
    read_own_system(system.named("[[code_system]]"), choices);
  }
  // What the source has of its own comes first.
  for (const CodeSystem& own : choices.own_systems) {
    for (const KindId kind : own.kinds) {
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

Choices::Choices() : systems(kinds().size()), omop_source_values(kinds().size()) {
  for (KindId kind = 0; kind < kinds().size(); ++kind) {
    systems[kind] = suggested_systems().at(kinds()[kind]);
  }
}

const CodeSystem* Choices::system_called(std::string_view text) const {
  const auto same = [&](const std::string& known) { return lower(known) == lower(text); };
  for (const CodeSystem& own : own_systems) {
    if (own.name == text || std::ranges::any_of(own.addresses, same) ||
        std::ranges::any_of(own.oids, same)) {
      return &own;
    }
  }
  return code_system_called(text);
}

Result<Choices> parse_choices(std::string_view text, const std::filesystem::path& path) {
  return read_sheet(text, path, "the choices", [&](Sheet& top) { return choices_of(top, path); });
}

Result<Choices> read_choices(const std::filesystem::path& path) {
  ASSIGN_OR_RETURN(const std::string text, read_file(path, std::size_t{1} << 22));
  return parse_choices(text, path);
}

}  // namespace parcours::ingest
