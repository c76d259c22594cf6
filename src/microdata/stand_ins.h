// Values that stand where nothing is known, and that the column's other values give away: -9, 999
// or UNKNOWN among numbers.
//
//   years of school   7 12 16 99 12 UNKNOWN     99 and UNKNOWN stand for nothing
//   days in hospital  7 12 16 99 12 31 64       99 may be a stay: it stays what it is
//
// A value is one of these where all the column's other values are numbers, at least two different
// ones, and
//   - it is a word for "not known" (base/missing.h), or
//   - it is -7, -8, -9, or such a digit repeated up to four times after the minus, and no other
//     value is negative, or
//   - it is 99, 999, ... of up to six nines, and lies above all others by more than three times
//     their span.
// G1: a column of which anything else is no number has none.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "microdata/microdata.h"

namespace parcours::microdata {

struct StandIn {
  std::string column;
  std::string value;  // of the list above: it is nobody's
  std::uint64_t records = 0;
};

// In the order of the columns, and of the values as they came.
std::vector<StandIn> stand_ins(const Microdata& data);

// The same data with the empty text in their place. Columns that `found` names and that the data do
// not have are passed over.
Microdata without_stand_ins(Microdata data, const std::vector<StandIn>& found);

}  // namespace parcours::microdata
