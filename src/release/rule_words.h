// States a rule in words, for readers of the report who ask why cells are hidden.
#pragma once

#include "protect/rule.h"
#include "protect/rules.h"
#include "tables/table.h"

namespace parcours {

// Why a figure is hidden, with the limit that the rules give: "fewer than 11 patients".
Label words_of(Rule rule, const Rules& rules);

}  // namespace parcours
