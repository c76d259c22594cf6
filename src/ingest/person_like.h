// Whether a text looks like a person or a way to reach one, whatever field it stands in: such a
// text never enters a vault. docs/formats/never-enters.md says what is recognised, how often it is
// missed, and how often a code is taken for it.
//
//   person_like("06 12 34 56 78")            phone
//   person_like("Jean Dupont")               name
//   person_like_code("atc", "R03BA02", {})   nothing: the form of ATC's codes is no person's
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "ingest/source_names.h"

namespace parcours::ingest {

enum class PersonLike : std::uint8_t {
  nothing,
  name,
  phone,
  email,
  national_number,
  professional_number,
  address,
  link,
  time,  // or a date
  sentence,
};

// All but nothing.
inline constexpr std::array<PersonLike, 9> person_likes = {PersonLike::name,
                                                           PersonLike::phone,
                                                           PersonLike::email,
                                                           PersonLike::national_number,
                                                           PersonLike::professional_number,
                                                           PersonLike::address,
                                                           PersonLike::link,
                                                           PersonLike::time,
                                                           PersonLike::sentence};

// "looks like a phone number"
std::string_view looks(PersonLike like);

// `names` are those of the source's patients, where they are known.
PersonLike person_like(std::string_view text, const SourceNames* names = nullptr);

// The same of a code of a system. A code that has the form of a known system, and a code of the
// program's own vocabulary, look like nothing, as far as the form keeps persons out. Codes of the
// systems that the user says are `not_identifiers` may look like a name, a number, a time or a
// sentence; not like what reaches a person.
PersonLike person_like_code(std::string_view system, std::string_view code,
                            std::span<const std::string> not_identifiers,
                            const SourceNames* names = nullptr);

}  // namespace parcours::ingest
