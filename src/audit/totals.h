// Finds which code of a dimension is its total, if the user does not say so. For axes_of()'s own
// use.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "audit/published_table.h"

namespace parcours {

// The usual names of totals among the codes: _T, Total, All, Ensemble, ...; an empty code, as
// GROUP BY CUBE writes it, where no other is there.
std::vector<std::string> totals_by_name(std::span<const std::string> codes);

// The one code whose value is the sum of the others' wherever all of them are printed, and never
// less than the printed ones'. Nothing when no code or more than one is.
std::optional<std::string> total_by_adding(const PublishedTable& table, std::size_t dimension);

}  // namespace parcours
