// Coarser values for a column, which can replace its values in the export.
//
//   bands of 10     71, 38, 39   become 70-79, 30-39, 30-39
//   prefix of 3     J45.0, J45.9 become J45
//   months, years   2023-03-06   becomes 2023-03 or 2023
#pragma once

#include <cstdint>
#include <vector>

#include "microdata/dictionary.h"

namespace parcours::microdata {

struct Coarsening {
  enum class Kind { bands, prefix, months, years } kind;
  double width = 0;         // of a band
  std::size_t letters = 0;  // of a prefix
  friend bool operator==(const Coarsening&, const Coarsening&) = default;
};

// What is worth a try for the column's values, the finest first:
//   - where all are numbers that count or measure: bands of a round width (1, 2 or 5 and noughts)
//     that make at most 20, 10 and 5 of them;
//   - where all are ISO dates: months, years;
//   - where all are letters, digits and . - / _ with a digit among them, and are not all numbers,
//     or of one length of at least five, or of four and said to be names: prefixes of 1 to 4
//     letters shorter than the longest. These are codes: J45.0, 75011.
// A missing value stays what it is. Nothing that would leave the column as it is, or one value in
// it. `names`: numbers, if they are any, only name something, as those of regions do; a band of
// them means nothing.
std::vector<Coarsening> coarsenings_for(const Dictionary& dictionary, bool names);

// By code: the code of its coarse value. Values that the coarsening is not for stay apart.
struct CoarseCodes {
  std::vector<std::uint32_t> of;
  std::uint32_t values = 0;
};
CoarseCodes coarsen(const Dictionary& dictionary, const Coarsening& coarsening);

}  // namespace parcours::microdata
