// The columns of OMOP tables about persons, for files that came without a line of column names.
//
//   omop_columns("CONDITION_OCCURRENCE_1.txt", 16, rows)
//   // {"condition_occurrence_id", "person_id", "condition_concept_id", ...}
//
// From OHDSI's definitions (github.com/OHDSI/CommonDataModel, versions 5.2 to 5.4). Where versions
// have the same number of columns in another order, the newest is taken that the rows do not
// contradict: numbers that name something are whole, dates are dates.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace parcours::vocabulary {

// "condition_occurrence" of "CDM_CONDITION_OCCURRENCE_2.csv.gz", whatever a file is called.
std::string omop_stem(std::string_view file);

// The table that a file is called after: "condition_occurrence" of CDM_CONDITION_OCCURRENCE_2.csv.
// Nothing where there is none.
std::optional<std::string_view> omop_table(std::string_view file);

// Nothing where the file is called after no table, where no version of it has so many columns, or
// where the rows contradict all that have.
std::optional<std::vector<std::string>> omop_columns(
    std::string_view file, std::size_t columns, std::span<const std::vector<std::string>> rows);

}  // namespace parcours::vocabulary
