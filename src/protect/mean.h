// A mean as it is published.
//
// A mean times its patients is a sum, and the difference of two sums may be the value of one
// patient. So a mean of n patients, whose sum S is of a patients who have a value that is not 0, is
// rounded to a multiple of u, the least of 1, 2 or 5 times a power of ten (a millionth at least)
// with u * n >= k * |S| / a: the sum is then known to no less than the values of k average patients
// who add to it. And u * n >= width_min * g, where all values are multiples of g (of a count, 1; of
// a lab with one decimal, 0.1): as many sums as the rules ask for fit. u follows from n, a, S, g
// and the rules alone.
//
// Worked example: 785.60 over 120 patients, k = 2: 6.546667 needs u >= 0.109, so u = 0.2, and 6.6
// is published.
#pragma once

#include "base/int128.h"
#include "crowds/crowd.h"
#include "protect/rules.h"

namespace parcours::protect {

// Of at least one patient.
double published_mean(const crowds::ValueCrowd& value, const Rules& rules);

// The sums that fit what is published of the mean, the ends included.
struct SumRange {
  Int128 low;
  Int128 high;
};
SumRange sums_behind_mean(const crowds::ValueCrowd& value, const Rules& rules);

// u, in millionths.
crowds::Micro mean_unit(const crowds::ValueCrowd& value, const Rules& rules);

}  // namespace parcours::protect
