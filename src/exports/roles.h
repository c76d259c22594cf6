// The columns of a file of events by their role. If the roles are not known, column_guess.h guesses
// them, with reasons, and takes the user's corrections.
#pragma once

#include <optional>
#include <string>

#include "base/day.h"
#include "exports/export_file.h"

namespace parcours::exports {

struct Roles {
  ExportColumn patient;
  ExportColumn day;
  ExportColumn code;
  std::optional<ExportColumn> kind;
  std::optional<ExportColumn> sex;
  // May hold whole dates of birth: the year is read off the front.
  std::optional<ExportColumn> birth_year;
  std::optional<ExportColumn> age;
  std::string day_format;  // empty: whole numbers or ISO dates
  Precision precision = Precision::days;
};

}  // namespace parcours::exports
