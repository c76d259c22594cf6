// The signs that statistical offices write in the place of a value, so that a table is read as it
// was published. A sign that is a zero with one office and a hidden value with another ("-",
// "none") is not among them: the user says what it is.
//
//   [REDACTED]     OpenSAFELY        *           NHS England
//   :  :c  :u      Eurostat          s  ns  nd   Insee
//   [c]  [x]       United Kingdom    c           SDMX
#pragma once

#include <optional>
#include <string_view>

#include "tables/table.h"

namespace parcours::audit {

// Who writes this word where a value is hidden, in any case of letters and with any blanks: "NHS
// England" of "*". Nothing where it is no such sign.
std::optional<tables::Label> usual_mark(std::string_view word);

// Whether a word says that nothing is known: one of base/missing.h (N/A, NULL, UNKNOWN), "missing",
// or dots as many offices write them. Not one that may be a zero.
bool is_not_known(std::string_view word);

// "-", a longer dash, "none", "nil".
bool may_be_zero(std::string_view word);

// "12" of "12 p": a figure without the flags that Eurostat writes behind it.
std::string_view without_flags(std::string_view word);

// Whether a code of CONF_STATUS, SDMX's code list of confidentiality, hides: all do but "F" (free)
// and none.
bool hides_as_confidentiality(std::string_view word);

// Whether a word in another column of the status hides: "confidential", "suppressed", "hidden", "c"
// and SDMX's "Q"; flags may stand together, as Eurostat's "bc" do.
bool hides_as_status(std::string_view word);

}  // namespace parcours::audit
