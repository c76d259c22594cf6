// How a mapping names columns and cells. What is wrong is noted as a mistake of the sheet, and what
// is returned is then empty.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/sheet.h"
#include "mapping/mapping.h"

namespace parcours::mapping {

// One text or a list of them, each as a cell may be.
std::vector<std::string> cells_of(Sheet& sheet, std::string_view key);
std::vector<std::string> cells_in_order(Sheet& sheet, std::string_view key);

// A column's name, and a list of at least one. That `key` is missing is a mistake.
std::optional<ColumnName> column(Sheet& sheet, std::string_view key);
std::vector<ColumnName> columns(Sheet& sheet, std::string_view key);

// map = { "<30" = "within-30" }
Recode recode(Sheet& sheet);

// A column's name, or a table: { column = "..." } or { constant = "..." }, of which `more` reads
// the keys that are not every cell's, and returns its map.
std::optional<Cell> cell(Sheet& section, std::string_view key,
                         const std::function<Recode(Sheet&)>& more);
std::optional<Cell> cell(Sheet& section, std::string_view key);

// `format`; how ISO writes days where none is given.
std::string format_of(Sheet& table);

// `provenance`: the name of one for all rows, or a column and its words for each.
std::optional<SaidProvenance> provenance(Sheet& section);

// `where`: one condition or a list of them.
std::vector<Condition> conditions(Sheet& section);

}  // namespace parcours::mapping
