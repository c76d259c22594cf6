// Which column of a file of events says what. Who has only a file asks column_guess.h, which says
// it with the reason and takes the user's correction.
#pragma once

#include <optional>
#include <string>

#include "exports/export_file.h"

namespace parcours {

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
};

}  // namespace parcours
