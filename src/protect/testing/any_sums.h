// Made-up sums for this module's tests, and what the audit says of a pattern of hidden ones.
#pragma once

#include <rapidcheck.h>

#include <cstdint>
#include <vector>

#include "protect/sums.h"
#include "sums/elimination.h"
#include "sums/intervals.h"
#include "tables/table.h"

namespace parcours::example {

// A table of n dimensions and everything that can be asked of it.
protect::Sums sums_of(std::vector<std::size_t> categories);

// A table of people, those of fewer than `min` unsafe, asked to be this wide. Zeros are published.
struct Counts {
  protect::Sums sums;
  std::vector<tables::Relation> relations;  // among all cells
};

Counts any_counts(std::int64_t min, std::int64_t width, bool with_insiders);

// The intervals of the unsafe cells, by the audit.
std::vector<sums::Interval> audited(const Counts& counts, const std::vector<bool>& hidden);

bool narrow(const sums::Interval& interval, std::int64_t width);

// The slow way: every sum that somebody is alone in is published in turn, and what the elimination
// then finds is what they learn.
bool teaches(const protect::Sums& sums, const std::vector<bool>& hidden);

}  // namespace parcours::example
