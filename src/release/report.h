// The report for people: one HTML page in English and French that opens without a network. It holds
// every table as text; scripts in the page draw the charts.
#pragma once

#include <string>

#include "base/error.h"
#include "release/release.h"

namespace parcours::release {

Result<std::string> report(const Release& release);

}  // namespace parcours::release
