// The references of permits, for hints in errors.
#pragma once

#include <string>
#include <vector>

#include "formalities/acts.h"

namespace parcours::formalities {

std::vector<std::string> references_of(const std::vector<KnownPermit>& permits);
// "2026-DR-014, 2026-DR-015"
std::string references_of(const std::vector<const KnownPermit*>& permits);

}  // namespace parcours::formalities
