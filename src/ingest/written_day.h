// A day as documents write it: ISO 8601 ("2023-05-04", FHIR and OMOP) or HL7's digits ("20230504",
// CDA), known to the day, the month or the year. A time after it and its zone are dropped: the day
// is the day as written.
#pragma once

#include <optional>
#include <string_view>

#include "base/day.h"

namespace parcours::ingest {

struct WrittenDay {
  Day day;  // of a month or year its first day
  Precision precision = Precision::days;
};

// Nothing for what is no day of the years 1800 to 2199.
std::optional<WrittenDay> read_written_day(std::string_view text);

}  // namespace parcours::ingest
