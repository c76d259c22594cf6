// A reference of one resource to another, as FHIR writes it.
//
//   "Patient/17", "Patient/17/_history/2"    a resource of the same source
//   "https://server/fhir/Patient/17"         a resource of a server
//   "urn:uuid:..."                           an entry of the same Bundle
//   "#drug"                                  inside the resource itself
//   "Patient?identifier=..."                 a search, which is not done
#pragma once

#include <string_view>

namespace parcours::fhir {

struct Reference {
  enum class Form { none, relative, absolute, urn, contained, search };
  Form form = Form::none;
  std::string_view base;  // of an absolute one: "https://server/fhir"
  std::string_view path;  // "Patient/17"; of a urn all of it; of a contained one its id
  // The type that the path names; empty: it does not say.
  std::string_view type() const;
};

// Without the version. Form::none for what is no reference.
Reference read_reference(std::string_view text);

}  // namespace parcours::fhir
