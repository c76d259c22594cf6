// Where tables contradict themselves or each other: sums that do not come out, and lines of one
// cell that cannot both be true.
#pragma once

#include <string>
#include <vector>

#include "audit/published_system.h"

namespace parcours::audit {

struct Disagreement {
  std::string where;                 // "deaths.csv:12"
  tables::Label sentence;            // what stands there, and what it should be
  std::vector<std::uint32_t> cells;  // that take part, the sum first
};

// Each sum by itself, with the ranges of what is hidden; every clash.
std::vector<Disagreement> disagreements(const PublishedSystem& published);

}  // namespace parcours::audit
