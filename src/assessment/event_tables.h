// Reads several files of events as one. If lines do not say the kind of their event, the name of
// their file may.
//
//   CONDITION_OCCURRENCE.csv, DRUG_EXPOSURE.csv     its diagnoses, its prescriptions: the name of a
//                                                   table says so (vocabulary/kinds.h)
//   events-2023.csv, events-2024.csv                parts of one table, since they have the same
//                                                   columns
//   spirometry.csv, waits.csv                       the kinds are not known: each code has its
//                                                   table's name before it, so that the 12 of one
//                                                   is not the 12 of the other
#pragma once

#include <span>
#include <string>

#include "assessment/inputs.h"
#include "base/error.h"
#include "base/stop.h"

namespace parcours::assessment {

// At least one file of events. An error where they are written in calendars that do not go
// together.
Result<Inputs::Events> one_table_of_events(std::span<Input* const> files,
                                           const std::string& day_format, int threads,
                                           const Stop& stop);

// The same with all columns that they have, where they are parts of one table; nothing where they
// are not.
Result<std::optional<Input>> parts_of_one_table(std::span<Input* const> files, int threads);

}  // namespace parcours::assessment
