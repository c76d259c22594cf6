// A section [[events]] of a mapping.
#pragma once

#include "base/error.h"
#include "draft/section.h"

namespace parcours::draft {

// Of a file whose rows are events: it has, or is joined to, patients, days and codes.
Result<Section> events_section(const SeenFiles& seen, SeenFile& file);

}  // namespace parcours::draft
