// What a reader must check before the answer: where a guess of a column may be wrong, or where the
// answer is about much less than the file.
//
//   doubts(assessment)
//   // "Check this first: only 1,026 of 15,190 lines and 200 of 1,050 patients count here. On the
//   // others the code, 'DiagnosticArtAstrup', is empty. If 'Activity' is the code, say --code
//   // Activity."
//
// They stand before the answer in the text, in JSON and on the page.
#pragma once

#include <vector>

#include "assessment/assessment.h"
#include "tables/table.h"

namespace parcours::assessment {

// Names of columns stand in them, values never.
std::vector<tables::Label> doubts(const Assessment& assessment);

// Columns whose numbers that cannot be were taken for empty cells.
std::vector<std::string> settled_columns(const Assessment& assessment);

// Those of the guesses alone; not of numbers in columns that are settled.
std::vector<tables::Label> doubts(const std::vector<exports::FileGuess>& guesses,
                                  const std::vector<std::string>& settled);

}  // namespace parcours::assessment
