// A published table, read line by line: which columns are its dimensions, and what each line says
// of its cell. This does not look at how lines fit together (published_system.h does).
//
// Each line says that the true value of its cell, an integer in units of 10^-decimals, lies in a
// range:
//
//   exact     one value. A published count.
//   ranged    a printed value that stands for several: rounded, or a percentage of a base.
//   hidden    an empty value, a mark, or a status that says so. A mark that stands for 0 alone is
//             a printed 0. The range is 0 or more, or what the
//             mark stands for; in a table of a Parcours release 1 or more, since empty cells are
//             published there. A value beside a status that hides is not used.
//
// Rounded to the nearest multiple of b: the values nearest to it, both ends where two are as near.
// Rounded at random to one of the two multiples around: those less than b away. To the midpoint of
// b: the b values that end at a multiple of b. A percentage p with
// d digits, of n: the whole counts c with |100 c / n - p| <= 10^-d / 2; d is what the column's
// longest number has, since many programs drop zeros at the end. No value lies below 0, unless the
// table prints one that does.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "audit/reading.h"
#include "audit/table_text.h"
#include "base/error.h"
#include "sums/system.h"

namespace parcours::audit {

// What stands for no lower limit, in tables that print values below 0: no number that is read is as
// far from 0.
inline constexpr std::int64_t lowest_value = -1'000'000'000'000'000;

// What the tables say of a cell, most first. `unlisted`: no line, and none is missing: a margin
// that the table does not print.
enum class Listing : std::uint8_t { exact, ranged, hidden, unlisted };

// A number that may stand where nothing is known: -9, 999999 (doubtful_numbers.h).
struct DoubtfulNumber {
  std::uint32_t word = 0;  // of the value's column
  Decimal number;
  bool hidden = false;      // how it was read
  bool stands_out = false;  // far above all other numbers of the column
};

struct PublishedTable {
  std::string name;                     // the file's, without its folder
  TableText text;                       // the lines as they are written
  std::vector<std::size_t> dimensions;  // columns of `text`
  std::size_t value = 0;                // column of `text`
  std::vector<sums::Range> ranges;      // by line
  std::vector<Listing> listings;        // by line
  int decimals = 0;                     // digits after the decimal mark that a unit stands for
  bool below_zero = false;              // prints a value below 0
  std::vector<DoubtfulNumber> doubtful;
  std::vector<tables::Label> doubts;   // sentences that a reader must see first (assumed.h)
  std::vector<tables::Label> guessed;  // sentences (assumed.h)
  bool of_release = false;             // parcours release wrote it
  bool of_means = false;               // and it counts only patients who have a value

  const TextColumn& dimension(std::size_t d) const { return text.columns[dimensions[d]]; }
  // The words of a line in all dimensions but `d`: alike in lines that differ in `d` alone.
  std::vector<std::uint32_t> other_codes(std::size_t row, std::size_t d) const;
  // The range of a line in units of 10^-`finer` instead, for `finer` >= decimals. An error where it
  // has too many digits then.
  Result<sums::Range> range_in(int finer, std::size_t row) const;
};

// Errors name the line: a value that is neither a number nor a mark, one that is no multiple of
// what it is said to be rounded to, a percentage that no count gives.
Result<PublishedTable> understand(TableText text, const Reading& reading);

}  // namespace parcours::audit
