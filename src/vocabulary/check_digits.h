// Check digits. Each text is of digits alone but where it says otherwise, its check digit last.
#pragma once

#include <string_view>

namespace parcours::vocabulary {

// Luhn's ("mod 10"), as LOINC and the French RPPS have it.
bool luhn_fits(std::string_view digits);

// Of GTIN, which CIP13 codes are: 8, 12, 13 or 14 digits (GS1 General Specifications, 7.9).
bool gtin_fits(std::string_view digits);

// Verhoeff's, as SNOMED CT has it (SNOMED CT Release File Specification, appendix on check-digit
// computation).
bool verhoeff_fits(std::string_view digits);

// The key of the French number of social security (NIR): 13 characters, digits but for the
// departments 2A and 2B of Corsica, which count as 19 and 18; then the key of two digits, 97 less
// the remainder by 97 (Insee; Annexe 8 of the cahier des charges SESAM-Vitale). False for a text of
// another length or with other characters.
bool nir_fits(std::string_view text);

}  // namespace parcours::vocabulary
