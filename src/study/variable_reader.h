// The study file's variables and event tests.
#pragma once

#include <optional>
#include <vector>

#include "base/sheet.h"
#include "study/study.h"

namespace parcours::study {

// One test out of a sheet that has exactly one of the measures as a key, and maybe `within`.
std::optional<EventTest> event_test_from(Sheet& sheet, std::span<const std::string> measures,
                                         Calendar calendar);

// `within`; noted as a mistake where events have no days.
std::optional<Window> window_from(Sheet& sheet, Calendar calendar);

// An event pattern; what is wrong is noted.
std::optional<vocabulary::Pattern> pattern_from(Sheet& sheet, std::string_view key);

// `level`, when some code system has it; else empty.
std::string level_from(Sheet& sheet);

// All variables of [variables], in the order of the file; those that are wrong are noted and left
// out of the result, their ids are in `named`.
struct VariablesRead {
  std::vector<Variable> variables;
  std::vector<std::string> named;
};
VariablesRead variables_from(Sheet& sheet, Calendar calendar);

// What a variable can be used for.
bool has_categories(const Variable& variable);  // in `by` and `of`
bool has_numbers(const Variable& variable);     // in `mean`

}  // namespace parcours::study
