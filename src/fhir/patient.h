// A Patient becomes a person: the INS, the id or one chosen identifier, practice, year of birth,
// sex and a coarse place. Nothing else of a Patient is read, but for what they and their contacts
// are called, so that no name enters as a code.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "fhir/json.h"
#include "ingest/choices.h"
#include "ingest/fact.h"

namespace parcours::fhir {

enum class PatientDefect {
  none,
  several_numbers,  // of the system that the choices name
  several_national_numbers,
  replaced
};

// Personal data.
struct ReadPatient {
  PatientDefect defect = PatientDefect::none;
  ingest::Person
      person;  // without the reference; its texts are of the resource or of the two below
  std::string number;
  std::string place;
};

// Calls take(text) for every part of every name of a patient and their contacts.
void each_name(const JsonObject& patient, const std::function<void(std::string_view)>& take);

void read_patient(const JsonObject& patient, const ingest::Choices& choices, ReadPatient& to);

}  // namespace parcours::fhir
