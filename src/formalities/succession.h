// What a permit allows that the one whose place it takes did not, in sentences: what it widens, and
// for which records. Its keeper reads them before signing it, and whoever enters it.
//
// What it widens for the collection (kinds, codes, fields, days, practices, provenance) counts for
// what is sent from then on: nothing of it was collected before. What it widens for the use of
// records (purposes, askers, what leaves, rules, signatures, retention) counts for the records of
// the one before as well. New purposes are the exception where patients consented: their consent
// covers the purposes that they were told (GDPR, article 6(4)). Research and statistics are
// compatible with any purpose of a collection (GDPR, articles 5(1)(b) and 89(1)).
#pragma once

#include <string>
#include <vector>

#include "base/text.h"
#include "formalities/permit.h"

namespace parcours::formalities {

// Empty where it widens nothing.
std::vector<Text> widened(const Permit& before, const Permit& next);

// Whether records that were collected under a permit serve other purposes than it names, once
// another one that names them has taken its place.
bool purposes_may_widen(const Permit& collected_under);

}  // namespace parcours::formalities
