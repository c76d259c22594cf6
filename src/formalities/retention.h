// How far back a permit's retention reaches on a day.
//
// Years are counted as the law counts them (Regulation (EEC, Euratom) 1182/71, article 3): they end
// with the same day of the last year, that day included, and those of a 29th of February with the
// 28th where the last year has no 29th.
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

// The first day whose so many years are not over: the same day so many years before, and for a 29th
// of February the 1st of March of a year that has no 29th.
Day years_before(Day day, int years);

}  // namespace parcours::formalities
