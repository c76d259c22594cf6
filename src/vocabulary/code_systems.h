// The code systems that standards name by an address (FHIR) or an object identifier (CDA): the name
// that the project gives each, the kinds of events that it describes, and the form of its codes.
//
// Sources of the addresses: HL7 Terminology (terminology.hl7.org), the French health agency's
// terminology server (smt.esante.gouv.fr); of the object identifiers: the HL7 and the ANS registry.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "vocabulary/kinds.h"

namespace parcours::vocabulary {

struct CodeSystem {
  std::string name;                    // "icd10"
  std::vector<std::string> addresses;  // "http://hl7.org/fhir/sid/icd-10"
  std::vector<std::string> oids;       // "2.16.840.1.113883.6.3"
  std::string form;                    // of has_form
  std::vector<KindId> kinds;           // of events; none: of places
};

// In the order of code_systems.csv, the same ones at every call.
std::span<const CodeSystem> code_systems();

// By name.
const CodeSystem* find_code_system(std::string_view name);
// By address ("http://loinc.org", in either case of letters, with or without a '/' at its end), by
// object identifier ("2.16.840.1.113883.6.1", "urn:oid:2.16...") or by name.
const CodeSystem* code_system_called(std::string_view text);

// "1.2.3" of "urn:oid:1.2.3", as FHIR writes object identifiers; another text as it is.
std::string_view without_oid_prefix(std::string_view text);

// Whether a code may be one of the system, by its form: it keeps other texts out, and does not say
// that the code exists. Codes with a check digit (SNOMED CT, LOINC, CIP13) must fit it.
bool has_form(const CodeSystem& system, std::string_view code);

// Whether the form alone keeps a source's own numbers of patients out: it has letters in set
// places, or a check digit, which one number in ten has by chance.
bool form_excludes_identifiers(const CodeSystem& system);

// Whether no name or number of a person has the form of the system's codes. It is not so of codes
// that are words, and of systems without a form.
bool keeps_persons_out(const CodeSystem& system);

}  // namespace parcours::vocabulary
