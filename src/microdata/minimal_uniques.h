// Minimal sample uniques: the smallest sets of columns that single a record out.
//
// A set of columns is a minimal sample unique (MSU) of a record when no other record has the same
// values in them, and in none of its proper subsets is the record alone (M. J. Elliot, A. M.
// Manning, R. W. Ford, "A computational algorithm for handling the special uniques problem", Int.
// J. Uncertainty, Fuzziness and Knowledge-Based Systems 10, 2002; A. M. Manning, D. J. Haglin, J.
// A. Keane, "A recursive search algorithm for statistical disclosure assessment", Data Min. Knowl.
// Disc. 16, 2008, which is SUDA2).
//
//   sex age job     the first:  {age}, for nobody else is 71, and {sex, job}, for its sex is the
//   F   71  a                   second's and its job the third's, but nobody has both
//   F   38  b       the second: {job} and {sex, age}
//   M   38  a       the third:  {sex} and {age, job}
//
// The search walks the sets of columns depth first. At a set it keeps the records that are not
// alone in it, in their classes; a further column cuts the classes, and who is alone now has an MSU
// unless a smaller one was found before. Three things make it short. Records that are not alone in
// all columns are kept once, for they have no MSU. A class without a record that could be alone is
// dropped, as is, below a column, every class that the column does not cut (SUDA2's "support row"
// property: such a column is needless), and every class of two (cut or not, nothing minimal
// follows).
//
// Of a very large file the MSUs of some of its records may be asked for: these are drawn, and held
// against the whole file.
//
// G1: `found` is exactly the MSUs of at most `most_columns` columns, by record, then by columns,
// whatever the number of threads; with a sample, of the records drawn.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "base/error.h"
#include "base/progress.h"
#include "base/stop.h"
#include "microdata/code_column.h"

namespace parcours::microdata {

// Which of the chosen columns: bit i is the i-th. At most 128 columns.
class ColumnSet {
 public:
  bool has(std::size_t i) const { return (words_[i / 64] >> i % 64 & 1) != 0; }
  void insert(std::size_t i) { words_[i / 64] |= std::uint64_t{1} << i % 64; }
  std::size_t size() const;
  friend auto operator<=>(const ColumnSet&, const ColumnSet&) = default;

 private:
  std::uint64_t words_[2] = {0, 0};
};

struct MinimalUnique {
  std::uint32_t record;
  ColumnSet columns;
  friend auto operator<=>(const MinimalUnique&, const MinimalUnique&) = default;
};

struct UniqueSearch {
  std::size_t most_columns;  // of an MSU; the number of columns for no limit
  std::uint64_t most_found;  // more than so many MSUs are an error: 24 bytes each, 16 to find them
  int threads = 1;
  // Of the records that are alone in all columns so many at most are looked at, drawn by the seed.
  std::size_t sample = ~std::size_t{0};
  std::uint64_t seed = 0;
};

// An error where there are more than 128 columns, or more than `most_found` MSUs.
Result<std::vector<MinimalUnique>> minimal_uniques(std::span<const CodeColumn> columns,
                                                   std::size_t records, const UniqueSearch& search,
                                                   Progress& progress, const Stop& stop);

}  // namespace parcours::microdata
