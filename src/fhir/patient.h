// A Patient becomes a person: id or one chosen identifier, practice, year of birth, sex and a
// coarse place. Nothing else of a Patient is read.
#pragma once

#include <string>
#include <string_view>

#include "fhir/json.h"
#include "ingest/choices.h"
#include "ingest/fact.h"

namespace parcours::fhir {

enum class PatientDefect { none, several_numbers, replaced };

// Personal data.
struct ReadPatient {
  PatientDefect defect = PatientDefect::none;
  ingest::Person person;  // without the reference; its texts are of the resource or of `place`
  std::string place;
};

void read_patient(const JsonObject& patient, const ingest::Choices& choices, ReadPatient& to);

// The department of a French postal code: "2A" of "20000", "974" of "97400". Empty: none.
std::string department_of(std::string_view postal_code);

}  // namespace parcours::fhir
