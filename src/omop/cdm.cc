#include "omop/cdm.h"

#include <algorithm>
#include <utility>

namespace parcours::omop {
namespace {

constexpr std::array<EventTable, 8> tables = {{
    {.table = "visit_occurrence",
     .kind = "consultation",
     .day = "visit_start_date",
     .concept_id = "visit_concept_id",
     .source_concept_id = "visit_source_concept_id",
     .source_value = "visit_source_value"},
    {.table = "condition_occurrence",
     .kind = "diagnosis",
     .day = "condition_start_date",
     .concept_id = "condition_concept_id",
     .source_concept_id = "condition_source_concept_id",
     .source_value = "condition_source_value",
     .type_concept_id = "condition_type_concept_id",
     .status_concept_id = "condition_status_concept_id"},
    {.table = "drug_exposure",
     .kind = "prescription",
     .day = "drug_exposure_start_date",
     .concept_id = "drug_concept_id",
     .source_concept_id = "drug_source_concept_id",
     .source_value = "drug_source_value",
     .type_concept_id = "drug_type_concept_id"},
    {.table = "procedure_occurrence",
     .kind = "procedure",
     .day = "procedure_date",
     .concept_id = "procedure_concept_id",
     .source_concept_id = "procedure_source_concept_id",
     .source_value = "procedure_source_value",
     .type_concept_id = "procedure_type_concept_id"},
    // Its unique number (unique_device_id) is one patient's alone, and is not read.
    {.table = "device_exposure",
     .kind = "device",
     .day = "device_exposure_start_date",
     .concept_id = "device_concept_id",
     .source_concept_id = "device_source_concept_id",
     .source_value = "device_source_value",
     .type_concept_id = "device_type_concept_id"},
    {.table = "measurement",
     .kind = "lab",
     .day = "measurement_date",
     .concept_id = "measurement_concept_id",
     .source_concept_id = "measurement_source_concept_id",
     .source_value = "measurement_source_value",
     .type_concept_id = "measurement_type_concept_id",
     .value = "value_as_number",
     .unit_concept_id = "unit_concept_id",
     .unit_source_value = "unit_source_value",
     .operator_concept_id = "operator_concept_id"},
    {.table = "observation",
     .kind = "history",
     .day = "observation_date",
     .concept_id = "observation_concept_id",
     .source_concept_id = "observation_source_concept_id",
     .source_value = "observation_source_value",
     .type_concept_id = "observation_type_concept_id",
     .value = "value_as_number",
     .unit_concept_id = "unit_concept_id",
     .unit_source_value = "unit_source_value"},
    // That the patient died, and when; of what would look like a diagnosis of that day.
    {.table = "death", .kind = "history", .day = "death_date", .always = "4306655"},
}};

template <std::size_t N>
constexpr bool one_of(const std::array<std::string_view, N>& all, std::string_view text) {
  return std::ranges::find(all, text) != all.end();
}

}  // namespace

std::span<const EventTable> event_tables() {
  return tables;
}

const EventTable* find_event_table(std::string_view table) {
  const auto found = std::ranges::find(tables, table, &EventTable::table);
  return found == tables.end() ? nullptr : &*found;
}

std::string_view why_left_out(std::string_view table) {
  if (table.ends_with("_era")) {
    return "an era, which is derived from other tables";
  }
  if (table == "note") {
    return "free text";
  }
  if (table == "visit_detail") {
    return "a part of a visit that is counted already";
  }
  return "a table that holds no events";
}

// "EHR administration record", "Inpatient administration", "Physician administered drug (from EHR
// encounter record and problem list)".
bool is_administration(std::string_view type_concept_id) {
  constexpr std::array<std::string_view, 4> types = {"32818", "38000180", "38000179", "43542358"};
  return one_of(types, type_concept_id);
}

// All but "=".
bool is_bound(std::string_view operator_concept_id) {
  return !operator_concept_id.empty() && operator_concept_id != "0" &&
         operator_concept_id != "4172703";
}

// "Preliminary diagnosis" (two concepts), "Condition to be diagnosed by procedure".
bool is_no_diagnosis(std::string_view status_concept_id) {
  constexpr std::array<std::string_view, 3> states = {"32899", "4033240", "32892"};
  return one_of(states, status_concept_id);
}

bool is_vital_concept(std::string_view concept_id) {
  constexpr std::array<std::string_view, 9> concepts = {
      "3036277",    // body height
      "3025315",    // body weight
      "3038553",    // body mass index
      "3004249",    // systolic blood pressure
      "3012888",    // diastolic blood pressure
      "3027018",    // heart rate
      "3024171",    // respiratory rate
      "3020891",    // body temperature
      "40762499"};  // oxygen saturation by pulse oximetry
  return one_of(concepts, concept_id);
}

// LOINC's panel of vital signs (85353-1) and what stands for the same.
bool is_vital_loinc(std::string_view code) {
  constexpr std::array<std::string_view, 14> codes = {
      "8302-2", "3137-7", "29463-7", "3141-9",  "39156-5", "8480-6",  "8462-4",
      "8867-4", "9279-1", "8310-5",  "59408-5", "2708-6",  "85354-9", "33452-4"};
  return one_of(codes, code);
}

std::string_view system_of_vocabulary(std::string_view vocabulary_id) {
  using Pair = std::pair<std::string_view, std::string_view>;
  constexpr std::array<Pair, 15> systems = {{{"SNOMED", "snomed"},
                                             {"ICD10", "icd10"},
                                             {"CIM10", "icd10"},
                                             {"ICD10CM", "icd10cm"},
                                             {"ICD9CM", "icd9"},
                                             {"ICD9Proc", "icd9"},
                                             {"ICPC2", "icpc2"},
                                             {"LOINC", "loinc"},
                                             {"RxNorm", "rxnorm"},
                                             {"ATC", "atc"},
                                             {"CVX", "cvx"},
                                             {"NDC", "ndc"},
                                             {"CPT4", "cpt"},
                                             {"HCPCS", "hcpcs"},
                                             {"CCAM", "ccam"}}};
  const auto found = std::ranges::find(systems, vocabulary_id, &Pair::first);
  return found == systems.end() ? std::string_view() : found->second;
}

}  // namespace parcours::omop
