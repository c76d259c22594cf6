// Check digits. Each text is of digits alone, its check digit last.
#pragma once

#include <string_view>

namespace parcours {

// Luhn's ("mod 10"), as LOINC and the French RPPS have it.
bool luhn_fits(std::string_view digits);

// Of GTIN, which CIP13 codes are: 8, 12, 13 or 14 digits (GS1 General Specifications, 7.9).
bool gtin_fits(std::string_view digits);

// Verhoeff's, as SNOMED CT has it (SNOMED CT Release File Specification, appendix on check-digit
// computation).
bool verhoeff_fits(std::string_view digits);

}  // namespace parcours
