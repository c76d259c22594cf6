// The report for people: one HTML page that opens offline, in English and French, with every table
// in it as text and the charts drawn by scripts that the page carries.
#pragma once

#include <string>

#include "base/error.h"
#include "release/release.h"

namespace parcours {

Result<std::string> report(const Release& release);

}  // namespace parcours
