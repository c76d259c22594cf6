// The study file's tables.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "base/sheet.h"
#include "study/study.h"

namespace parcours::study {

// Every [[table]]. `named`: all variables that the file names, those that are wrong included, so
// that a variable with a mistake is not called unknown as well.
std::vector<StudyTable> tables_from(Sheet& file, std::span<const Variable> variables,
                                    std::span<const std::string> named, Calendar calendar);

}  // namespace parcours::study
