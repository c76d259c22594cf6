// An export's columns as SQL over its file: the patient as text, the day as a number, the code and
// the kind as text.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/day.h"
#include "base/error.h"
#include "base/stop.h"
#include "exports/export_file.h"
#include "exports/roles.h"

namespace parcours::exports {

struct DaySql {
  // An INTEGER: days since 1970-01-01, or the number as it stands; null where there is no day.
  std::string expression;
  Calendar calendar = Calendar::dates;
  Precision precision = Precision::days;  // of a period it is the first day

  // That a line's day, or some day of its period, is one of these, both ends included.
  std::string within(Day first, Day last) const;
};

// For a column of text, the first day in it decides whether they are dates or numbers; one that
// cannot be read as the first is an error.
Result<DaySql> day_sql(ExportFile& file, const Roles& roles, const Stop& stop);

// The column as text, without spaces around it: "J45 " is J45.
std::string text_sql(const ExportColumn& column);

// The same of a column that names something, a patient or a code: null where it names nothing
// (missing.h).
std::string name_sql(const ExportColumn& column);

// The year off the front of a year or date of birth, as an INTEGER.
std::string birth_year_sql(const ExportColumn& column);

// The one row of whole numbers (BIGINT) that a statement gives, null as 0.
Result<std::vector<std::int64_t>> one_row(ExportFile& file, const std::string& sql,
                                          const Stop& stop);

}  // namespace parcours::exports
