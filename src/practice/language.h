// The language in which the program speaks to the practice.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/error.h"
#include "base/text.h"

namespace parcours::practice {

enum class Language : std::uint8_t { en, fr };

// As LANG names it: "fr_FR.UTF-8" and "fr" are French, all others English.
inline Language language_of(std::string_view locale) {
  return locale.starts_with("fr") ? Language::fr : Language::en;
}

inline const std::string& in(Language language, const Text& text) {
  return language == Language::fr ? text.fr : text.en;
}

// What a person reads of an error: what was found, and what would be right.
struct Complaint {
  Text found;
  Text right = {};
};

// Of Fault::rule and of Fault::input.
inline std::unexpected<Error> refuse(Language language, const Complaint& what,
                                     std::string where = {}) {
  return refused(in(language, what.found), std::move(where), in(language, what.right));
}
inline std::unexpected<Error> complain(Language language, const Complaint& what,
                                       std::string where = {}) {
  return bad_input(in(language, what.found), std::move(where), in(language, what.right));
}

}  // namespace parcours::practice
