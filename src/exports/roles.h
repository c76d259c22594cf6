// Which column of an export says what. What the user does not name is guessed by usual names,
// English and French, and every guess is reported, so that it can be shown and corrected.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/error.h"
#include "exports/export_file.h"

namespace parcours {

// As the user named them; an empty name is to be guessed.
struct RoleNames {
  std::string patient;
  std::string day;
  std::string code;
  std::string kind;
  std::string sex;
  std::string birth_year;
  std::string age;
  std::string day_format;  // empty: whole numbers or ISO dates
};

struct Roles {
  ExportColumn patient;
  ExportColumn day;
  ExportColumn code;
  std::optional<ExportColumn> kind;
  std::optional<ExportColumn> sex;
  // May hold whole dates of birth: the year is read off the front.
  std::optional<ExportColumn> birth_year;
  std::optional<ExportColumn> age;
  std::string day_format;
  std::vector<std::pair<std::string, std::string>> guessed;  // role, column
};

// An error where a named column does not exist, or the patient, the day or the code can neither be
// found nor guessed.
Result<Roles> find_roles(const ExportFile& file, const RoleNames& names);

}  // namespace parcours
