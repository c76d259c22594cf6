// What every reader knows of a set of tables: the values that each cell can have, and the sums that
// hold.
//
// A published cell is a range of one number; a hidden one lies in a range (0 or more; 1 to 10 where
// it is marked "<11"; 95 to 105 where it is printed as 100, rounded to tens). Cells are numbered by
// whoever made the system.
#pragma once

#include <cstdint>
#include <limits>
#include <span>
#include <vector>

#include "tables/relations.h"

namespace parcours::sums {

inline constexpr std::int64_t no_limit = std::numeric_limits<std::int64_t>::max();

// Both ends included; the upper one may be no_limit. Numbers are below 2^53 in size.
struct Range {
  std::int64_t low = 0;
  std::int64_t high = no_limit;
  bool known() const { return low == high; }
  friend bool operator==(const Range&, const Range&) = default;
};

// By cell: whether it can be more than one number.
inline std::vector<bool> unknown_cells(std::span<const Range> ranges) {
  std::vector<bool> unknown;
  unknown.reserve(ranges.size());
  for (const Range& range : ranges) {
    unknown.push_back(!range.known());
  }
  return unknown;
}

struct System {
  std::vector<tables::Relation> relations;  // sum of coefficient * cell = 0
  std::vector<Range> ranges;                // by cell
};

}  // namespace parcours::sums
