// How far back a permit's retention reaches on a day.
#pragma once

#include <cstdint>
#include <limits>

#include "base/day.h"
#include "formalities/permit.h"

namespace parcours::formalities {

// Before every day.
inline constexpr Day every_day{std::numeric_limits<std::int32_t>::min()};

// The oldest fact that a retention counted from the fact lets live on a day; without dates, and for
// one that is counted from the collection, every fact.
Day oldest_fact(const Retention& retention, bool dated, Day today);

// The day so many years before, the 28th for the 29th of February.
Day years_before(Day day, int years);

}  // namespace parcours::formalities
