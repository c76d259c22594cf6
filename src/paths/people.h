// What is known of the people behind care paths: their sex, year of birth, region, practice, or
// whatever columns an export has. Personal data.
//
// A field is a number for each patient of the paths, 0 where it is not known; labels say what the
// numbers stand for, in order of their texts.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "base/progress.h"
#include "base/stop.h"
#include "exports/persons.h"
#include "paths/read_paths.h"
#include "vault/vault.h"

namespace parcours::paths {

struct PersonField {
  std::string name;                   // "sex"
  std::vector<std::string> labels;    // "", "F", "M"
  std::vector<std::uint32_t> values;  // by patient
};

using People = std::vector<PersonField>;

// Nothing where the people have no such field. "age" is the year of birth where that is there.
const PersonField* find_field(const People& people, std::string_view name);

// "sex", "birth_year", ...
std::vector<std::string> names_of(const People& people);

// What the columns asked for say of the patients of the paths, in one reading of the table: a field
// for each, in their order. Where lines of a patient differ, the first in order of text counts;
// lines of nobody in the paths are passed over. The table has a patient.
Result<People> read_people(exports::Persons& persons, std::span<const exports::AskedColumn> asked,
                           const PathsRead& read, const Stop& stop);

// Of a vault: sex, birth_year, place, region (of a French department), practice.
Result<People> read_people(const vault::Vault& vault, const PathsRead& read, Progress& progress,
                           const Stop& stop);

}  // namespace parcours::paths
