// Two exports of events whose patients may be joined. Codes have the same numbers in both, and the
// partners of patients are named if they are known.
//
//   // the J45 of one is the J45 of the other
//   ASSIGN_OR_RETURN(TwoExports exports, align(first, second, stop));
//   // a column of both says who a person is
//   exports.partners = partners_by(*first_who, *second_who);
#pragma once

#include <cstdint>
#include <vector>

#include "base/error.h"
#include "base/stop.h"
#include "paths/knowledge.h"
#include "paths/paths.h"
#include "paths/people.h"
#include "paths/read_paths.h"

namespace parcours::paths {

inline constexpr std::uint32_t no_partner = ~std::uint32_t{0};

// Code numbers mean the same in both. Personal data.
struct TwoExports {
  Paths first;
  Paths second;
  // By patient of the first: the same person in the second. Empty where who is who is not known.
  std::vector<std::uint32_t> partners;
};

// Codes of the same text and kind become one number, patients of the same identifier partners,
// whether or not it means the same person in both. Kinds are the same that vocabulary/kinds.h calls
// the same; where one side has none, kinds are passed over.
Result<TwoExports> align(const PathsRead& first, const PathsRead& second, const Stop& stop);

// How many codes both have.
std::uint64_t common_codes(const TwoExports& exports);

// Partners by a field of both that says who a person is, for align()'s patients: a text that one
// patient alone has in each. "UNKNOWN", "-9" and the like name nobody.
std::vector<std::uint32_t> partners_by(const PersonField& first, const PersonField& second);

// Both with days known as the less precise of them has these: a day is the first of its month where
// the other export has only months. Of dates.
Result<TwoExports> as_precise(const TwoExports& exports, Precision first, Precision second,
                              const Stop& stop);

// Both as an attacker sees them who knows less of the time. What is known of an order are the
// distinct codes, and of every one the code that came first after it.
Result<TwoExports> known_exports(const TwoExports& exports, Timing timing, Calendar calendar,
                                 Precision precision, const Stop& stop);

}  // namespace parcours::paths
