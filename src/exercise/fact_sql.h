// The condition that a fact puts on one column, as SQL on its text. It knows our own words and
// those that exports write.
#pragma once

#include <string>
#include <vector>

#include "exports/export_file.h"
#include "records/patient.h"

namespace parcours::exercise {

// F, female, femme, woman, or 2 as in the French national number; and so for the other. In a column
// called "male" or "female", 1 and 0 are yes and no.
std::string sex_sql(const exports::ExportColumn& column, records::Sex sex);

// Kinds as exports name them: "visit" and "encounter" for a consultation, ...
std::string kind_sql(const exports::ExportColumn& column, const std::string& kind);
std::vector<std::string> kind_words(const std::string& kind);

}  // namespace parcours::exercise
