// Writes a practice as FHIR R4: one line a resource, one text a type of resource. FHIR's reader
// (src/fhir) makes the same rows of it as the mapping makes of the CSV, but for what FHIR cannot
// say as an event: a sick leave, a part of the history, and the days of a prescription.
#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "synth/model.h"
#include "synth/practice.h"

namespace parcours::synth {

class FhirText {
 public:
  // In the order of the texts of append(); the files are named by them.
  static constexpr std::array<std::string_view, 7> types = {
      "Patient",           "Encounter",    "Condition",         "Observation",
      "MedicationRequest", "Immunization", "AllergyIntolerance"};

  explicit FhirText(const Model& model);

  // `practice_name`: as PracticeText writes it.
  void append(const PracticePlan& plan, const Practice& practice, std::string_view practice_name,
              std::vector<std::string>& texts) const;

  // The choices that name the panel's own code systems; `period` is the label of what is sent.
  static std::string choices(std::string_view period);

 private:
  struct CodeText {
    std::size_t type = types.size();  // none: FHIR cannot say it
    std::string before;               // of the line, up to the patient
    std::string after;                // from the patient to the day
    std::string close;                // after the day
    bool measured = false;
  };

  const Model& model_;
  std::vector<std::string> days_;  // of the period
  std::vector<CodeText> codes_;    // by code
};

}  // namespace parcours::synth
