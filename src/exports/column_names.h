// What the name of a column says about its role: the usual names of care and survey data, in
// English and French.
//
//   name_says("date_naissance")->role   is birth_year
//   name_says("Patient ID")->role       is patient
//   name_says("x17")                    is nothing
//
// A name is cut into words ("patientNbr", "PATIENT NBR" and "patient-nbr" are patient nbr; accents
// go). What names a person is from the list of the United States' Safe Harbor method (45 CFR
// 164.514(b)(2)); what is sensitive from article 9 of the GDPR (health, origin, beliefs, sex life),
// and income. Columns of France's national health data (SNDS) are known by its own names.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/text.h"
#include "exports/column_role.h"

namespace parcours::exports {

struct NameSays {
  ColumnRole role;
  Text meaning;             // "an e-mail address"; goes into the reason that is shown
  int rank;                 // of several columns that say the same, the lowest is likeliest
  bool registered = false;  // a number by which the person is registered elsewhere: one a person
};

// Of a name such as year or mois, which may as well count something: for values that are periods.
// In English.
inline constexpr std::string_view period_meaning = "the period of the event";

std::optional<NameSays> name_says(std::string_view column);

// "date_naissance" and "DateNaissance" are {"date", "naissance"}; letters in lower case, without
// accents.
std::vector<std::string> words_of_name(std::string_view column);

// Whether a name is that of a number or a key: id, nbr, no, key, ...
bool says_identifier(std::string_view column);

}  // namespace parcours::exports
