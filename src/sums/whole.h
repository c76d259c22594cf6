// Is there a solution in whole numbers?
//
// Ranges are halved and narrowed (bound.h) until every unknown has one number left or some range is
// empty. This settles small parts for good; on others it gives up after a number of steps.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "sums/equations.h"

namespace parcours::sums {

struct WholeAnswer {
  enum class Outcome { solution, none, gave_up };
  Outcome outcome = Outcome::gave_up;
  std::vector<std::int64_t> solution;  // by unknown; those of other parts are 0
};

// Within `ranges`, by unknown, of which those of the part count. G1: `none` is proved by trying
// everything; a solution was checked.
WholeAnswer whole_solution(const Equations& equations, const Equations::Part& part,
                           std::vector<Range> ranges, std::uint32_t steps);

}  // namespace parcours::sums
