#include "vocabulary/omop_tables.h"

#include <algorithm>
#include <iterator>

#include "base/letters.h"
#include "base/value_kind.h"

namespace parcours::vocabulary {
namespace {

struct OmopTable {
  std::string_view name;
  std::string_view columns;  // with spaces between
};

// Of one table the newest version comes first.
constexpr OmopTable omop_tables[] = {
    {"condition_era",
     "condition_era_id person_id condition_concept_id condition_era_start_date "
     "condition_era_end_date condition_occurrence_count"},
    {"condition_occurrence",
     "condition_occurrence_id person_id condition_concept_id condition_start_date "
     "condition_start_datetime condition_end_date condition_end_datetime "
     "condition_type_concept_id condition_status_concept_id stop_reason provider_id "
     "visit_occurrence_id visit_detail_id condition_source_value "
     "condition_source_concept_id condition_status_source_value"},
    {"condition_occurrence",
     "condition_occurrence_id person_id condition_concept_id condition_start_date "
     "condition_start_datetime condition_end_date condition_end_datetime "
     "condition_type_concept_id stop_reason provider_id visit_occurrence_id "
     "visit_detail_id condition_source_value condition_source_concept_id "
     "condition_status_source_value condition_status_concept_id"},
    {"condition_occurrence",
     "condition_occurrence_id person_id condition_concept_id condition_start_date "
     "condition_start_datetime condition_end_date condition_end_datetime "
     "condition_type_concept_id stop_reason provider_id visit_occurrence_id "
     "condition_source_value condition_source_concept_id condition_status_source_value "
     "condition_status_concept_id"},
    {"death",
     "person_id death_date death_datetime death_type_concept_id cause_concept_id "
     "cause_source_value cause_source_concept_id"},
    {"device_exposure",
     "device_exposure_id person_id device_concept_id device_exposure_start_date "
     "device_exposure_start_datetime device_exposure_end_date "
     "device_exposure_end_datetime device_type_concept_id unique_device_id "
     "production_id quantity provider_id visit_occurrence_id visit_detail_id "
     "device_source_value device_source_concept_id unit_concept_id unit_source_value "
     "unit_source_concept_id"},
    {"device_exposure",
     "device_exposure_id person_id device_concept_id device_exposure_start_date "
     "device_exposure_start_datetime device_exposure_end_date "
     "device_exposure_end_datetime device_type_concept_id unique_device_id quantity "
     "provider_id visit_occurrence_id visit_detail_id device_source_value "
     "device_source_concept_id"},
    {"device_exposure",
     "device_exposure_id person_id device_concept_id device_exposure_start_date "
     "device_exposure_start_datetime device_exposure_end_date "
     "device_exposure_end_datetime device_type_concept_id unique_device_id quantity "
     "provider_id visit_occurrence_id device_source_value device_source_concept_id"},
    {"dose_era",
     "dose_era_id person_id drug_concept_id unit_concept_id dose_value "
     "dose_era_start_date dose_era_end_date"},
    {"drug_era",
     "drug_era_id person_id drug_concept_id drug_era_start_date drug_era_end_date "
     "drug_exposure_count gap_days"},
    {"drug_exposure",
     "drug_exposure_id person_id drug_concept_id drug_exposure_start_date "
     "drug_exposure_start_datetime drug_exposure_end_date drug_exposure_end_datetime "
     "verbatim_end_date drug_type_concept_id stop_reason refills quantity days_supply "
     "sig route_concept_id lot_number provider_id visit_occurrence_id visit_detail_id "
     "drug_source_value drug_source_concept_id route_source_value "
     "dose_unit_source_value"},
    {"drug_exposure",
     "drug_exposure_id person_id drug_concept_id drug_exposure_start_date "
     "drug_exposure_start_datetime drug_exposure_end_date drug_exposure_end_datetime "
     "verbatim_end_date drug_type_concept_id stop_reason refills quantity days_supply "
     "sig route_concept_id lot_number provider_id visit_occurrence_id drug_source_value "
     "drug_source_concept_id route_source_value dose_unit_source_value"},
    {"measurement",
     "measurement_id person_id measurement_concept_id measurement_date "
     "measurement_datetime measurement_time measurement_type_concept_id "
     "operator_concept_id value_as_number value_as_concept_id unit_concept_id range_low "
     "range_high provider_id visit_occurrence_id visit_detail_id "
     "measurement_source_value measurement_source_concept_id unit_source_value "
     "unit_source_concept_id value_source_value measurement_event_id "
     "meas_event_field_concept_id"},
    {"measurement",
     "measurement_id person_id measurement_concept_id measurement_date "
     "measurement_datetime measurement_time measurement_type_concept_id "
     "operator_concept_id value_as_number value_as_concept_id unit_concept_id range_low "
     "range_high provider_id visit_occurrence_id visit_detail_id "
     "measurement_source_value measurement_source_concept_id unit_source_value "
     "value_source_value"},
    {"measurement",
     "measurement_id person_id measurement_concept_id measurement_date measurement_time "
     "measurement_datetime measurement_type_concept_id operator_concept_id "
     "value_as_number value_as_concept_id unit_concept_id range_low range_high "
     "provider_id visit_occurrence_id visit_detail_id measurement_source_value "
     "measurement_source_concept_id unit_source_value value_source_value"},
    {"measurement",
     "measurement_id person_id measurement_concept_id measurement_date "
     "measurement_datetime measurement_type_concept_id operator_concept_id "
     "value_as_number value_as_concept_id unit_concept_id range_low range_high "
     "provider_id visit_occurrence_id measurement_source_value "
     "measurement_source_concept_id unit_source_value value_source_value"},
    {"note",
     "note_id person_id note_date note_datetime note_type_concept_id "
     "note_class_concept_id note_title note_text encoding_concept_id "
     "language_concept_id provider_id visit_occurrence_id visit_detail_id "
     "note_source_value note_event_id note_event_field_concept_id"},
    {"note",
     "note_id person_id note_date note_datetime note_type_concept_id "
     "note_class_concept_id note_title note_text encoding_concept_id "
     "language_concept_id provider_id visit_occurrence_id visit_detail_id "
     "note_source_value"},
    {"note",
     "note_id person_id note_date note_datetime note_type_concept_id "
     "note_class_concept_id note_title note_text encoding_concept_id "
     "language_concept_id provider_id visit_occurrence_id note_source_value"},
    {"observation",
     "observation_id person_id observation_concept_id observation_date "
     "observation_datetime observation_type_concept_id value_as_number value_as_string "
     "value_as_concept_id qualifier_concept_id unit_concept_id provider_id "
     "visit_occurrence_id visit_detail_id observation_source_value "
     "observation_source_concept_id unit_source_value qualifier_source_value "
     "value_source_value observation_event_id obs_event_field_concept_id"},
    {"observation",
     "observation_id person_id observation_concept_id observation_date "
     "observation_datetime observation_type_concept_id value_as_number value_as_string "
     "value_as_concept_id qualifier_concept_id unit_concept_id provider_id "
     "visit_occurrence_id visit_detail_id observation_source_value "
     "observation_source_concept_id unit_source_value qualifier_source_value"},
    {"observation",
     "observation_id person_id observation_concept_id observation_date "
     "observation_datetime observation_type_concept_id value_as_number value_as_string "
     "value_as_concept_id qualifier_concept_id unit_concept_id provider_id "
     "visit_occurrence_id observation_source_value observation_source_concept_id "
     "unit_source_value qualifier_source_value"},
    {"observation_period",
     "observation_period_id person_id observation_period_start_date "
     "observation_period_end_date period_type_concept_id"},
    {"person",
     "person_id gender_concept_id year_of_birth month_of_birth day_of_birth "
     "birth_datetime race_concept_id ethnicity_concept_id location_id provider_id "
     "care_site_id person_source_value gender_source_value gender_source_concept_id "
     "race_source_value race_source_concept_id ethnicity_source_value "
     "ethnicity_source_concept_id"},
    {"procedure_occurrence",
     "procedure_occurrence_id person_id procedure_concept_id procedure_date "
     "procedure_datetime procedure_end_date procedure_end_datetime "
     "procedure_type_concept_id modifier_concept_id quantity provider_id "
     "visit_occurrence_id visit_detail_id procedure_source_value "
     "procedure_source_concept_id modifier_source_value"},
    {"procedure_occurrence",
     "procedure_occurrence_id person_id procedure_concept_id procedure_date "
     "procedure_datetime procedure_type_concept_id modifier_concept_id quantity "
     "provider_id visit_occurrence_id visit_detail_id procedure_source_value "
     "procedure_source_concept_id modifier_source_value"},
    {"procedure_occurrence",
     "procedure_occurrence_id person_id procedure_concept_id procedure_date "
     "procedure_datetime procedure_type_concept_id modifier_concept_id quantity "
     "provider_id visit_occurrence_id procedure_source_value "
     "procedure_source_concept_id qualifier_source_value"},
    {"specimen",
     "specimen_id person_id specimen_concept_id specimen_type_concept_id specimen_date "
     "specimen_datetime quantity unit_concept_id anatomic_site_concept_id "
     "disease_status_concept_id specimen_source_id specimen_source_value "
     "unit_source_value anatomic_site_source_value disease_status_source_value"},
    {"visit_detail",
     "visit_detail_id person_id visit_detail_concept_id visit_detail_start_date "
     "visit_detail_start_datetime visit_detail_end_date visit_detail_end_datetime "
     "visit_detail_type_concept_id provider_id care_site_id visit_detail_source_value "
     "visit_detail_source_concept_id admitted_from_concept_id "
     "admitted_from_source_value discharged_to_source_value discharged_to_concept_id "
     "preceding_visit_detail_id parent_visit_detail_id visit_occurrence_id"},
    {"visit_detail",
     "visit_detail_id person_id visit_detail_concept_id visit_detail_start_date "
     "visit_detail_start_datetime visit_detail_end_date visit_detail_end_datetime "
     "visit_detail_type_concept_id provider_id care_site_id visit_detail_source_value "
     "visit_detail_source_concept_id admitting_source_value admitting_source_concept_id "
     "discharge_to_source_value discharge_to_concept_id preceding_visit_detail_id "
     "visit_detail_parent_id visit_occurrence_id"},
    {"visit_detail",
     "visit_detail_id person_id visit_detail_concept_id visit_detail_start_date "
     "visit_detail_start_datetime visit_detail_end_date visit_detail_end_datetime "
     "visit_detail_type_concept_id provider_id care_site_id admitting_source_concept_id "
     "discharge_to_concept_id preceding_visit_detail_id visit_detail_source_value "
     "visit_detail_source_concept_id admitting_source_value discharge_to_source_value "
     "visit_detail_parent_id visit_occurrence_id"},
    {"visit_detail",
     "visit_detail_id person_id visit_detail_concept_id visit_start_date "
     "visit_start_datetime visit_end_date visit_end_datetime visit_type_concept_id "
     "provider_id care_site_id admitting_source_concept_id discharge_to_concept_id "
     "preceding_visit_detail_id visit_source_value visit_source_concept_id "
     "admitting_source_value discharge_to_source_value visit_detail_parent_id "
     "visit_occurrence_id"},
    {"visit_occurrence",
     "visit_occurrence_id person_id visit_concept_id visit_start_date "
     "visit_start_datetime visit_end_date visit_end_datetime visit_type_concept_id "
     "provider_id care_site_id visit_source_value visit_source_concept_id "
     "admitted_from_concept_id admitted_from_source_value discharged_to_concept_id "
     "discharged_to_source_value preceding_visit_occurrence_id"},
    {"visit_occurrence",
     "visit_occurrence_id person_id visit_concept_id visit_start_date "
     "visit_start_datetime visit_end_date visit_end_datetime visit_type_concept_id "
     "provider_id care_site_id visit_source_value visit_source_concept_id "
     "admitting_source_concept_id admitting_source_value discharge_to_concept_id "
     "discharge_to_source_value preceding_visit_occurrence_id"},
};

bool may_hold(std::string_view column, std::string_view value) {
  const ValueKind kind = value_kind(value);
  if (kind == ValueKind::missing) {
    return true;
  }
  if (column.ends_with("_id") && column != "unique_device_id" && column != "specimen_source_id" &&
      column != "production_id") {
    return kind == ValueKind::number || kind == ValueKind::year || kind == ValueKind::digits;
  }
  if (column.ends_with("_date")) {
    return kind == ValueKind::date || kind == ValueKind::digits;
  }
  return true;
}

bool may_be(const std::vector<std::string>& columns,
            std::span<const std::vector<std::string>> rows) {
  return std::ranges::all_of(rows, [&](const std::vector<std::string>& row) {
    for (std::size_t i = 0; i < columns.size() && i < row.size(); ++i) {
      if (!may_hold(columns[i], row[i])) {
        return false;
      }
    }
    return true;
  });
}

}  // namespace

std::string omop_stem(std::string_view file) {
  std::string stem = lower(file.substr(0, file.find('.')));
  while (!stem.empty() && std::string_view("0123456789-_ ").contains(stem.back())) {
    stem.pop_back();
  }
  for (const std::string_view prefix : {"cdm_", "omop_"}) {
    if (stem.starts_with(prefix)) {
      stem.erase(0, prefix.size());
    }
  }
  return stem;
}

std::optional<std::string_view> omop_table(std::string_view file) {
  const std::string stem = omop_stem(file);
  const auto* const found = std::ranges::find(omop_tables, stem, &OmopTable::name);
  return found == std::end(omop_tables) ? std::nullopt : std::optional(found->name);
}

std::optional<std::vector<std::string>> omop_columns(
    std::string_view file, std::size_t columns, std::span<const std::vector<std::string>> rows) {
  const auto table = omop_table(file);
  for (const OmopTable& one : omop_tables) {
    if (table && one.name == *table) {
      std::vector<std::string> names = words(one.columns);
      if (names.size() == columns && may_be(names, rows)) {
        return names;
      }
    }
  }
  return std::nullopt;
}

}  // namespace parcours::vocabulary
