// A trial import: reads all of a source as an import would, finds every bad row, and stores
// nothing.
#pragma once

#include <cstdint>

#include "base/error.h"
#include "base/progress.h"
#include "base/stop.h"
#include "ingest/intake.h"
#include "ingest/quarantine.h"
#include "records/stored_names.h"

namespace parcours::ingest {

struct CheckCounts {
  std::uint64_t rows = 0;  // read, good and bad
  std::uint64_t patients = 0;
  std::uint64_t events = 0;
  std::uint64_t packages = 0;
  records::StoredNames
      names;  // what an import into an empty vault would store of the sources' words
};

Result<CheckCounts> check(Intake& intake, Quarantine& quarantine, const Stop& stop,
                          Progress* progress, int threads);

}  // namespace parcours::ingest
