// Care paths out of an events file: one line an event, with a column for the patient, the day and
// the code.
//
// Days are whole numbers or ISO dates (2023-03-06, with or without a time after it), or whatever
// the roles' day format says (parse_day in base/day.h). Lines without a patient, a day or a code are left
// out and counted; a day that cannot be read is an error with the line's place. Patients are
// numbered by a hash of their identifier, so the order of the lines does not matter.
#pragma once

#include <cstdint>

#include "base/day.h"
#include "base/error.h"
#include "base/progress.h"
#include "base/stop.h"
#include "exports/export_file.h"
#include "exports/roles.h"
#include "paths/paths.h"

namespace parcours {

struct PathsRead {
  Paths paths;
  std::uint64_t events = 0;    // lines taken
  std::uint64_t left_out = 0;  // lines without a patient, a day or a code
  Calendar calendar = Calendar::dates;
};

Result<PathsRead> read_paths(ExportFile& file, const Roles& roles, Progress& progress,
                             const Stop& stop);

}  // namespace parcours
