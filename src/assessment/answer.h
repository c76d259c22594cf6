// What a reader reads first: the answer in sentences, in English and French.
//
//   answers(assessment)      "9 of 10 patients are singled out by two known dated events.", and
//                            what else comes first
//   said(share, Whom::patients)     "9 of 10 patients", "9 patients sur 10"
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "assessment/assessment.h"
#include "base/share.h"
#include "tables/table.h"

namespace parcours::assessment {

// A sentence for each part that was attacked, the most telling first.
std::vector<tables::Label> answers(const Assessment& assessment);
// All of them after the doubts (doubts.h), in one line, in English.
std::string answer(const Assessment& assessment);

// Who a share is of: several lines may be one patient's.
enum class Whom : std::uint8_t { patients, people, lines };

// "9 of 10 patients", "31 of 1,000 patients", "No patient", "All patients": a share as people say
// it, and whether it is more than one for the verb. Where it is drawn, nobody and everybody of a
// sample are "Hardly any patient" and "Nearly all patients".
struct SaidShare {
  tables::Label text;
  bool plural = true;
  bool none = false;
};
SaidShare said(const Share& share, Whom whom);

}  // namespace parcours::assessment
