// Columns that only tell lines, stays or patients apart: to call them known would single out
// everybody, and say nothing about the file.
//
//   order   1, 2, 3, ...                    numbers the lines
//   key     4F8A201C on one line alone      a key of the line
//   hadm_id no two patients share a value   a key of the patient's stay
//   hadm    whole numbers, each on one line alone: a key of the line, or a fine measure. It is left
//           out as well, and the answer asks (assessment/doubts.h).
#pragma once

#include <vector>

#include "exports/column_look.h"

namespace parcours::exports {

// Puts such columns that attackers may know under `drop`, with the reason. `patient` may be
// nullptr; `events`: lines are about events, several of a patient.
void leave_out_keys(std::vector<Look>& looks, const Look* patient, bool events);

}  // namespace parcours::exports
