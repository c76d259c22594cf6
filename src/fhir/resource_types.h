// The resource types of FHIR R4 and what becomes of each.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace parcours::fhir {

enum class Use : std::uint8_t {
  patient,
  encounter,
  condition,
  observation,
  prescription,
  immunization,
  allergy,
  procedure,
  drug,      // looked up where a prescription names it; no item of a row
  bundle,    // its entries are read
  left_out,  // no row is made of it
};

struct ResourceType {
  std::string_view name;
  Use use;
  std::string_view left_out_because;  // of drug and left_out
};

// In order of name.
std::span<const ResourceType> resource_types();
// nullptr where R4 has no such type.
const ResourceType* find_resource_type(std::string_view name);

// The type that a resource's text begins with: {"resourceType":"Patient". nullptr where it begins
// otherwise, which says nothing.
const ResourceType* type_at_head(std::string_view text);
// The id where it follows on that: {"resourceType":"Patient","id":"17". Empty where it does not.
std::string_view id_at_head(std::string_view text);

}  // namespace parcours::fhir
