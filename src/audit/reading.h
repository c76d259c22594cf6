// How the user wants tables to be read. An empty setting is guessed from usual names or found by
// arithmetic, and the guess is reported.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "audit/decimal.h"
#include "base/error.h"

namespace parcours::audit {

// What stands in the place of a hidden value, and what it tells of it: "<11" may mean 1 to 10.
struct Mark {
  std::string text;
  std::optional<std::int64_t> low;   // none: nothing but that no count is below 0
  std::optional<std::int64_t> high;  // none: no limit
  friend bool operator==(const Mark&, const Mark&) = default;
};

// Something said of one dimension; of all of them where it is empty.
struct OfDimension {
  std::string dimension;
  std::string what;
  friend bool operator==(const OfDimension&, const OfDimension&) = default;
};

// Rounded to a multiple of `base`: the nearest one, or one of the two around it, drawn. Or to the
// midpoint of the `base` numbers that a multiple ends, as OpenSAFELY does with 6: 1 to 6 is 3, 7 to
// 12 is 9, and 0 stays.
enum class RoundedTo { nearest, random, midpoint };
struct Rounding {
  Decimal base;
  RoundedTo to;
};

// What a combination of codes that has no line is.
enum class Absent { hidden, zero };

struct Reading {
  std::string value;                  // the column of the values
  std::vector<std::string> by;        // the columns of the dimensions
  std::string status;                 // the column that may say that a line is hidden
  std::vector<Mark> marks;            // in the value's column or in the status's
  std::vector<std::string> numbers;   // that look as if nothing were known, and are numbers
  std::vector<OfDimension> totals;    // codes that are totals
  std::vector<OfDimension> trees;     // files that say which code is part of which
  std::vector<std::string> prefixes;  // dimensions whose codes begin with what they are part of
  std::vector<std::string> flat;      // dimensions without a tree, whatever their codes look like
  std::vector<std::string> multi;     // dimensions in which somebody may be counted several times
  std::optional<Rounding> rounding;
  bool unrounded = false;  // the values are exact, whatever they look like
  std::string percent_of;  // values are percentages: the column of the base, or the base
  std::optional<Absent> absent;
  char separator = '\0';
  char decimal_mark = '.';
};

// "<11=1..10", "c=1..", "x=..5", "*": a mark and the range that it stands for. The range begins at
// the last '=', if what follows has two dots; so "a=b" is a mark whole.
Result<Mark> parse_mark(std::string_view text);

// "sex=T" of one dimension, "T" of every one.
OfDimension parse_of_dimension(std::string_view text);

// A base that values were rounded to: 5, 10, 0.1.
Result<Decimal> parse_base(std::string_view text);

}  // namespace parcours::audit
