// What `parcours risk` says of dated events: how few single out, who could do it, who is worst off,
// who is joined.
#pragma once

#include <string>

#include "assessment/assessment.h"

namespace parcours::cli {

std::string paths_text(const assessment::PathsAnswer& paths);
std::string paths_linkage_text(const assessment::PathsLinkageAnswer& linkage);

}  // namespace parcours::cli
