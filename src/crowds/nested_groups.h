// What the columns of tables of `each` tell together with other cells: groups that no table counts,
// known by subtraction alone.
//
//   - Nested categories (study/overlaps.h): whoever stands in the outer category and not in the
//     inner one, among the patients of every cell of what both tables are by. 120 with a diagnosis
//     of the chapter, 117 with the code: 3 with others of the chapter alone.
//   - The columns of one row: their sum less the patients with any of them counts everyone with
//     several codes, once for each code after the first. Of two columns these are the patients with
//     both.
//
// Of such a group only the number and the fingerprint are known; its practices are not judged.
#pragma once

#include <span>

#include "crowds/crowd_table.h"
#include "study/plan.h"

namespace parcours {

// The overlaps that `tables`, whose plan this is, have by nested categories and by rows.
std::vector<CrowdOverlap> nested_groups(std::span<const CrowdTable> tables,
                                        std::span<const PlanTable> plan,
                                        std::span<const PlanNesting> nestings);

}  // namespace parcours
