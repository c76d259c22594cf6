// A picture of a table, as a Vega-Lite v5 specification with its data inside. What is hidden is
// drawn as hidden: a hatched grey square, never a bar of no height.
//
// The picture is chosen by the table's shape: one dimension gives bars; two give grouped bars where
// there are few categories, else a map of shades; of more dimensions a third may stand side by
// side, and the rest are taken at their totals, which the subtitle says. Of more categories than
// the eye can read, the largest are drawn, which the subtitle says too.
#pragma once

#include <nlohmann/json.hpp>

#include "release/figures.h"
#include "tables/table.h"

namespace parcours {

nlohmann::ordered_json chart(const Table& table, Language language);

}  // namespace parcours
