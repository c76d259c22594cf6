// Writes a patient of the panel as a document of HL7's CDA R2, as practice software exports one:
// all records of the patient, section by section. The person is invented.
//
// A document cannot say everything that the panel's CSV does: it has no sick leaves, and no days of
// treatment.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "synth/model.h"
#include "synth/practice.h"

namespace parcours::synth {

// The choices with which such documents are read: their own code systems, and which number of a
// patient is theirs.
std::string cda_choices(std::string_view period);

class CdaText {
 public:
  explicit CdaText(const Model& model) : model_(model) {}

  // Of the person of that place in the practice. `visits` are theirs.
  std::string document(std::string_view patient, std::string_view practice, const Person& person,
                       const std::vector<const Visit*>& visits, const Visits& all) const;

 private:
  const Model& model_;
};

}  // namespace parcours::synth
