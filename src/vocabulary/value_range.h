// Between which numbers a measured value can lie, by its dimension. What lies outside of them is no
// measurement: a phone number in the column of results, a value in the wrong unit.
//
//   value_range(*parse_unit("mg/dL"))      // 0 to 500,000 mg/dL, as 5,000 g/L
//   value_range_without_unit()             // -1,000 to 10,000,000
//
// value_ranges.csv has the limits in the canonical units, and why. They are wide on purpose: they
// tell apart what can be measured and what cannot, not what is healthy and what is not.
#pragma once

#include "vocabulary/units.h"

namespace parcours::vocabulary {

struct ValueRange {
  double least = 0;
  double most = 0;

  bool has(double value) const { return least <= value && value <= most; }
};

// In the given unit.
ValueRange value_range(const Unit& unit);
ValueRange value_range_without_unit();

}  // namespace parcours::vocabulary
