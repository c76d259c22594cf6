// Why a column was taken for what it is, in the words that a person reads. No value of the file
// stands in a reason.
#pragma once

#include <string>
#include <string_view>

#include "base/text.h"

namespace parcours::exports {

// A reason without a name in it.
enum class Reason {
  any_field,
  a_bodys_weight,
  empty,
  empty_in_sample,
  constant,
  constant_in_sample,
  counts_lines,
  key_of_line,
  number_of_line,
  key_of_patient,
  named_like_number,
  repeated_keys,
  emails,
  security_numbers,
  internet_addresses,
  telephone_numbers,
  free_text,
  days,
  pseudonyms,
  sexes,
  codes,
  you_chose,
};
const Text& said(Reason reason);

// "named like the patient"
Text named_like(const Text& meaning);
// The second, where it says something, after the first and "; ".
Text with(const Text& first, const Text& second);

// What follows a reason.
Text but_fits_better(const Text& reason, std::string_view other);
Text you_chose_instead(const Text& reason, std::string_view other);
Text but_not_days(const Text& reason);
Text used_as_code(const Text& reason);
Text used_as_registered_patient(const Text& reason);

}  // namespace parcours::exports
