// Finds what two tables of a study tell of the same value, one of which averages it.
//
//   - The other one has it in bands: of 30 patients with no visit, 20 with one and 9 with two, the
//     mean times 59 patients is 38. A mean of ages and a table by age are such, and a mean of a
//     count and whether there is any.
//   - The other one averages more of it: the visits of a year are those of its first 90 days and
//     others; the prescriptions of a group of drugs are those of one drug and others.
//
// A band of a narrower window bounds the wider count from below, and the other way round.
#pragma once

#include "study/tied.h"

namespace parcours::study {

// Fills in `tied.mean_ties` and `tied.mean_orders` of a study that is tied but for these.
void add_mean_ties(Tied& tied);

}  // namespace parcours::study
