// Makes a package of what a source holds: the rows that the permit covers, of patients who do not
// object, sealed for the vault and signed by the practice.
//
// G1: nothing is packed without the doctor's agreement to this very permit, nor on a day on which
//     the permit does not hold.
// G2: after an error, and after a stop at any moment, there is the package and its line in the log,
//     or neither once the folder is opened again.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "base/error.h"
#include "base/progress.h"
#include "base/stop.h"
#include "practice/office.h"
#include "practice/selection.h"

namespace parcours::practice {

struct PackOptions {
  std::vector<std::string> from;
  std::filesystem::path mapping;  // empty: the folder's
  std::string period;             // a day: "2026-11-27"; of a preview it may be empty: today
};

// What would leave. Neither agreement nor validity is asked for, and nothing is written.
Result<Selection> preview(const Office& office, const PackOptions& options, const Stop& stop,
                          Progress* progress);

struct Packed {
  std::uint64_t number = 0;
  std::filesystem::path file;
  Selection selection;
  std::size_t objections = 0;
};

// Errors of Fault::rule: no agreement, a permit that does not hold today, a destroyed key, rows
// that are not covered where the permit refuses them, nothing to pack.
Result<Packed> pack(Office& office, const PackOptions& options, const Stop& stop,
                    Progress* progress);

}  // namespace parcours::practice
