// Whether a code may enter, and how it is written then: the one door of codes and places, whatever
// the format.
//
//   entering_code({.kind = diagnosis, .system = "icd10", .form = find_code_system("icd10")},
//   "j450",
//                 rules).text                                                  // "J45.0"
//
// G1: a code of a system with a form has this form (code_systems.h), however the source is read.
// G2: one code is one, however it is written: in capitals, ICD codes with their point.
// G3: a code that looks like a person never enters (person_like.h).
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "ingest/person_like.h"
#include "vocabulary/code_systems.h"
#include "vocabulary/kinds.h"

namespace parcours::ingest {

struct CodeOrigin {
  std::optional<vocabulary::KindId> kind;  // none: of a place
  std::string_view system;                 // its name
  const vocabulary::CodeSystem* form;      // of its codes; nullptr, or one without a form: any text
};

struct PersonRules {
  std::span<const std::string> not_identifiers = {};  // systems that the user vouches for
  const SourceNames* names = nullptr;                 // of the source's patients
};

enum class CodeFault : std::uint8_t { none, too_long, form, person };

struct EnteringCode {
  CodeFault fault = CodeFault::none;
  PersonLike like = PersonLike::nothing;  // where `fault` is `person`
  std::string text;                       // as it is stored; empty where it cannot enter
};

// `text` without blanks around it.
EnteringCode entering_code(const CodeOrigin& origin, std::string_view text,
                           const PersonRules& rules);

// How a code of the system is written in a vault, whether or not it has the form.
std::string canonical_code(const CodeOrigin& origin, std::string_view text);

inline constexpr std::string_view bad_form_reason =
    "a code that does not have the form of its code system";
inline constexpr std::string_view implausible_reason = "a value that nothing measured has";

}  // namespace parcours::ingest
