// What `parcours risk` says of dated events: how few single out, who could do it, who is worst off,
// who is joined.
#pragma once

#include <string>

#include "assessment/assessment.h"

namespace parcours {

std::string paths_text(const PathsAnswer& paths);
std::string paths_linkage_text(const PathsLinkageAnswer& linkage);

}  // namespace parcours
