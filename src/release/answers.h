// What the tables of a release say in short: sentences for the report's first screen, made only
// from published cells.
#pragma once

#include <optional>

#include "tables/table.h"

namespace parcours::release {

// The totals of a table along its last dimension: "Of 779 patients: yes 312 (40.1 %), no 467 (59.9
// %)." Of more than three categories the largest that are published; of a table of means the mean
// of everyone. Nothing if the total of the table is hidden or nobody stands in it.
std::optional<tables::Label> answer_of(const tables::Table& table);

// Of a table that shows little of its patients: which of its margins show more, the share of the
// patients in each: "region 96 %; age and sex 100 %". Nothing if none does, or if the table's total
// is hidden.
std::optional<tables::Label> margins_that_show(const tables::Table& table);

}  // namespace parcours::release
