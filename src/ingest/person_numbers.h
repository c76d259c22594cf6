// Whether a text has a number by which a person is called or known.
#pragma once

#include <string_view>

namespace parcours::ingest {

// A phone number as it is written in France (five pairs, or ten digits), abroad ("+" or "00" and
// the country: ITU-T E.164, 8 to 15 digits), in the United Kingdom, or in North America (NANP:
// neither the area nor the exchange begins with 0 or 1).
bool has_phone_number(std::string_view text);

// The French number of social security (NIR, which the national health identity INS is made of):
// 13 characters, and a key of two digits, which must be right: 97 less the remainder by 97, where
// the departments 2A and 2B count as 19 and 18 (Insee; Annexe 8 of the cahier des charges
// SESAM-Vitale). Without a key: 13 characters of a sex, a month and a department that there are.
bool has_national_number(std::string_view text);

// The number of a French health professional: RPPS (11 digits that begin with 10 and end with
// Luhn's check digit), the same after the 8 that an IDNPS has before it, or a number beside the
// name of its register (ANS, "Référentiel d'identification des acteurs sanitaires et
// médico-sociaux").
bool has_professional_number(std::string_view text);

}  // namespace parcours::ingest
