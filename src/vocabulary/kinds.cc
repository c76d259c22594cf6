#include "vocabulary/kinds.h"

#include <algorithm>
#include <array>
#include <vector>

#include "base/check.h"
#include "base/letters.h"

namespace parcours::vocabulary {

std::span<const std::string> kinds() {
  static const std::array<std::string, 11> names = {
      "consultation", "diagnosis", "prescription", "lab",       "vital", "vaccination",
      "sick_leave",   "allergy",   "history",      "procedure", "device"};
  return names;
}

std::optional<KindId> find_kind(std::string_view name) {
  const auto found = std::ranges::find(kinds(), name);
  if (found == kinds().end()) {
    return std::nullopt;
  }
  return static_cast<KindId>(found - kinds().begin());
}

const Text& words_of_kind(KindId kind) {
  static const std::array<Text, 11> words = {{{"consultations", "consultations"},
                                              {"diagnoses", "diagnostics"},
                                              {"prescriptions", "prescriptions"},
                                              {"laboratory results", "résultats de laboratoire"},
                                              {"vital signs", "constantes"},
                                              {"vaccinations", "vaccinations"},
                                              {"sick leaves", "arrêts de travail"},
                                              {"allergies", "allergies"},
                                              {"histories", "antécédents"},
                                              {"procedures", "actes"},
                                              {"devices", "dispositifs médicaux"}}};
  return words.at(kind);
}

const Kinds& known_kinds() {
  static const Kinds known = [] {
    const auto kind = [](std::string_view name) {
      const std::optional<KindId> found = find_kind(name);
      PARCOURS_CHECK(found);
      return *found;
    };
    return Kinds{kind("consultation"), kind("diagnosis"),   kind("prescription"), kind("lab"),
                 kind("vital"),        kind("vaccination"), kind("sick_leave"),   kind("allergy"),
                 kind("history"),      kind("procedure"),   kind("device")};
  }();
  return known;
}

std::span<const std::string_view> names_of_kind(KindId kind) {
  static const std::array<std::vector<std::string_view>, 11> names = {{
      {"consultation", "consultations", "visit", "visits", "visit_occurrence", "encounter",
       "encounters", "appointment", "appointments", "visite", "visites", "consult"},
      {"diagnosis", "diagnoses", "diagnostic", "diagnostics", "condition", "conditions",
       "condition_occurrence", "condition_era", "diag", "problem", "problems"},
      {"prescription", "prescriptions", "drug", "drugs", "drug_exposure", "drug_era", "medication",
       "medications", "medicationrequest", "medicament", "medicaments", "ordonnance", "ordonnances",
       "rx"},
      {"lab", "labs", "lab_result", "lab_results", "laboratory", "measurement", "measurements",
       "biologie", "analyse", "analyses"},
      {"vital", "vitals", "vital_sign", "vital_signs", "constante", "constantes"},
      {"vaccination", "vaccinations", "vaccine", "vaccines", "immunization", "immunizations",
       "vaccin", "vaccins"},
      {"sick_leave", "sick_leaves", "arret", "arrets", "arret_de_travail", "arrets_de_travail",
       "arret_travail"},
      {"allergy", "allergies", "allergyintolerance", "allergie"},
      {"history", "histories", "antecedent", "antecedents"},
      {"procedure", "procedures", "procedure_occurrence", "acte", "actes"},
      {"device", "devices", "device_exposure", "dispositif", "dispositifs", "dispositif_medical",
       "dispositifs_medicaux"},
  }};
  return names.at(kind);
}

std::optional<KindId> kind_called(std::string_view text) {
  std::string name;
  for (const char c : lower(text)) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    if (letter) {
      name += c;
    } else if (!name.empty() && name.back() != '_') {
      name += '_';
    }
  }
  for (KindId kind = 0; kind < kinds().size(); ++kind) {
    if (std::ranges::find(names_of_kind(kind), name) != names_of_kind(kind).end()) {
      return kind;
    }
  }
  return std::nullopt;
}

std::span<const std::string> patient_fields() {
  static const std::array<std::string, 3> names = {"sex", "birth_year", "place"};
  return names;
}

}  // namespace parcours::vocabulary
