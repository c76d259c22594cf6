// For tests: fields of a source, made by a seed. Some are codes and names of analyses; in others a
// person was planted. Nobody in them exists.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "ingest/source_names.h"

namespace parcours::ingest {

struct PlantedField {
  std::string sort;    // "phone", "code of icd10", "local code"
  std::string system;  // the code system that the field is said to be of; "own" has no form;
                       // "value" is a number without a unit
  std::string text;
  bool person = false;
};

struct PlantedFields {
  std::vector<PlantedField> fields;
  SourceNames names;  // of half of the planted people: the source's own patients
};

// In French and English; half of them persons.
PlantedFields planted_fields(std::uint64_t seed, std::size_t count);

}  // namespace parcours::ingest
