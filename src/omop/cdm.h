// The tables of the OMOP Common Data Model that hold events, and which of their columns say what.
// Source: OHDSI, Common Data Model 5.3 and 5.4 (ohdsi.github.io/CommonDataModel).
#pragma once

#include <array>
#include <optional>
#include <span>
#include <string_view>

namespace parcours::omop {

// A column is empty where the table has none of the sort.
struct EventTable {
  std::string_view table;
  std::string_view kind;  // empty: its rows are left out
  std::string_view day;
  std::string_view concept_id;
  std::string_view source_concept_id;
  std::string_view source_value;
  std::string_view type_concept_id;
  std::string_view status_concept_id;
  std::string_view value;
  std::string_view unit_concept_id;
  std::string_view unit_source_value;
  std::string_view operator_concept_id;
  std::string_view always;  // the concept of every row, where no column says one
};

std::span<const EventTable> event_tables();
const EventTable* find_event_table(std::string_view table);

// Why rows of a table that is not read are left out.
std::string_view why_left_out(std::string_view table);

// Types of drug exposures that are an administration, not a prescription.
bool is_administration(std::string_view type_concept_id);
// Whether a measurement's operator says that its value is a bound: "less than".
bool is_bound(std::string_view operator_concept_id);
// States of a condition that is not, or not yet, a diagnosis.
bool is_no_diagnosis(std::string_view status_concept_id);
// The vital sign that a standard concept or a LOINC code measures; everything else that is measured
// is a laboratory value.
bool is_vital_concept(std::string_view concept_id);
bool is_vital_loinc(std::string_view code);

// The project's name of a vocabulary: "icd10cm" of "ICD10CM". Empty where it reads none of it.
std::string_view system_of_vocabulary(std::string_view vocabulary_id);

}  // namespace parcours::omop
