// Finds which code of a dimension is its total, if the user does not say so. For axes_of()'s own
// use.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "audit/published_table.h"

namespace parcours::audit {

// The usual names of totals among the codes: _T, Total, All ages, Ensemble, ... (of "T:Total", as
// SDMX-CSV writes a code with its label, the code alone); an empty code, as
// GROUP BY CUBE writes it, where no other is there.
std::vector<std::string> totals_by_name(std::span<const std::string> codes);

// Whether the usual names mean different totals: Parcours writes _T and _ANY side by side, but two
// others in one table are two readings.
bool are_one_total(std::span<const std::string> names);

// The codes whose value is the sum of the others' wherever all of them are printed, and never less
// than the printed ones'. More than one: two readings are possible.
std::vector<std::string> totals_by_adding(const PublishedTable& table, std::size_t dimension);

}  // namespace parcours::audit
