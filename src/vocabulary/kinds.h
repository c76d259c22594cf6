// The kinds of events and the fields of a patient that a vault knows. A name that is not listed
// here is refused, and the error names the nearest known one.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/text.h"

namespace parcours::vocabulary {

// A kind's place in kinds(); it is what the vault's `kind` column holds, so the order never
// changes.
using KindId = std::uint8_t;

// consultation, diagnosis, prescription, lab, vital, vaccination, sick_leave, allergy, history,
// procedure, device
std::span<const std::string> kinds();
std::optional<KindId> find_kind(std::string_view name);

// Facts of a kind, in a sentence: "laboratory results".
const Text& words_of_kind(KindId kind);

// Every kind, for code that means one of them.
struct Kinds {
  KindId consultation, diagnosis, prescription, lab, vital, vaccination, sick_leave, allergy,
      history, procedure, device;
};
const Kinds& known_kinds();

// What others call a kind, in small letters with _ between words: "drug_exposure", "ordonnance",
// "medicationrequest". Words of English and French, tables of the OMOP common data model 5.4 and
// resources of FHIR R4. The kind's own name comes first.
std::span<const std::string_view> names_of_kind(KindId kind);

// The kind that a word or the name of a table stands for, in either case of letters and with any
// sign between words: "Drug exposure".
std::optional<KindId> kind_called(std::string_view text);

// sex, birth_year, place
std::span<const std::string> patient_fields();

}  // namespace parcours::vocabulary
