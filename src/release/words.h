// Finds identifiers in the words of a table: its titles, and the names and codes of its categories.
// A pseudonym or a fingerprint has 128 bits; no ordinary name of a category looks like one.
//
// A code of a nomenclature may be a long number too. It is taken for what it is where it proves it:
//
//   it has a label              only codes of the program's vocabulary have one
//   it is of SNOMED CT          6 to 18 digits, with the partition of a concept and a check digit
//                               (SNOMED International, "SNOMED CT Identifier", Verhoeff's scheme)
//   it is a CIP of 13 digits    34009, and the check digit of EAN-13 (French medicines)
//
// One patient's number in a thousand passes for SNOMED's by chance, but not a column of them.
#pragma once

#include <filesystem>
#include <string_view>

#include "base/error.h"
#include "crowds/crowd_table.h"
#include "tables/table.h"

namespace parcours::release {

// Whether a text holds 24 or more hexadecimal digits in a row, dashes between them not counting: a
// pseudonym, a UUID, a fingerprint or a good part of one; or 10 or more decimal digits in a row, as
// patients' and practitioners' numbers have.
bool looks_like_identifier(std::string_view text);

// Whether a number is a code of SNOMED CT or a CIP by its form.
bool is_code_by_form(std::string_view number);

// How many texts of the table were looked at, and how many look like identifiers.
struct WordCount {
  std::size_t looked_at = 0;
  std::size_t identifiers = 0;
};
WordCount look_at_words(const tables::Table& table);

// Refuses names that look like identifiers (Fault::rule). The error names the table and the
// dimension and says how many, but not the names: they may be a patient's.
Status no_identifiers(const crowds::Counted& counted, const std::filesystem::path& study);

}  // namespace parcours::release
