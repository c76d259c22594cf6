// The section [patients] of a mapping.
#pragma once

#include "base/error.h"
#include "draft/section.h"

namespace parcours::draft {

// Of the file that says most of the patients.
Result<Section> patients_section(const SeenFiles& seen, SeenFile& file);

}  // namespace parcours::draft
