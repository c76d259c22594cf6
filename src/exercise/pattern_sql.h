// A code pattern as SQL.
#pragma once

#include <string>

#include "exercise/facts.h"

namespace parcours::exercise {

// Whether `column` (an expression of text) fits the pattern, in either case of letters.
std::string pattern_sql(const std::string& column, const CodePattern& pattern);

}  // namespace parcours::exercise
