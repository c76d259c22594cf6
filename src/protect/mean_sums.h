// What the published means tell of hidden figures, as an outsider works it out.
//
// A mean times its patients is a sum, known to within its rounding (mean.h). Sums of a value add up
// as people do, so the sum of a few may follow from others to within less than one rounding. And a
// mean and a table of the same value say more together (study/mean_ties.h): of 59 patients with 0,
// 1 or 2 visits the mean gives the number of visits, and so how many had two.
//
// The system has an unknown for each set of people and, for each averaged value, one for the sum of
// it that each set has, in units of which every value is a multiple. Ranges: what is published; a
// sum within the rounding of its mean; what is hidden, from 0 or 1. Asked are
//
//   - the sums of fewer than `patients_min` people, or to which fewer of them add;
//   - what the wider one of two counts has more than the other, which may be of a few;
//   - unsafe hidden figures of people, where a table is tied to a mean.
//
// G1: where nothing is `narrow`, at least `width_min` more than one number fit each of them, or as
//     many as without the means of this release.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "base/error.h"
#include "crowds/crowd_table.h"
#include "protect/rules.h"
#include "tables/table.h"

namespace parcours::protect {

struct MeanPlace {
  std::size_t table;
  std::size_t cell;
};

struct NarrowedByMeans {
  std::uint64_t asked = 0;
  std::uint64_t narrow = 0;
  // A published mean near each figure that is narrow: hiding it helps, or another one is named next
  // time.
  std::vector<MeanPlace> to_hide;
};

// `tables` has the shape of counted.tables. Errors: figures that do not add up.
Result<NarrowedByMeans> narrowed_by_means(const crowds::Counted& counted,
                                          const std::vector<tables::Table>& tables,
                                          const Rules& rules);

}  // namespace parcours::protect
