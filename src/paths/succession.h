// Successive exports of one panel: what does a stable pseudonym add, which stays the same from one
// export to the next?
//
// Events are cut into periods, an export each. For each period: which patients are unique by all
// that they have in it; which are unique by this and all that they have in the periods before,
// which a stable pseudonym joins; and, if every period has new pseudonyms, how many patients of the
// period before are still joined with themselves by the codes that they have, without days
// (linkage.h).
//
//   A: J45 on day 3, J45 on day 12     B: J45 on day 3, R03 on day 12
//   Periods begin on days 0 and 10. By itself, the first period makes neither unique, the second
//   both; with all events so far, both are unique.
//
// G1: the figures are those of uniqueness.h and linkage.h for the parts.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "base/day.h"
#include "base/error.h"
#include "base/progress.h"
#include "base/stop.h"
#include "paths/linkage.h"
#include "paths/paths.h"

namespace parcours::paths {

// How long a period is: a calendar's month, quarter or year, or so many days.
struct PeriodLength {
  std::int32_t months = 0;  // of dates; 0: days
  std::int32_t days = 0;
};

// "month", "quarter", "year", or a number of days from 1.
std::optional<PeriodLength> period_length(std::string_view text);

// The days on which periods begin, from the one that holds the first event to the one that holds
// the last; those of so many days are counted from day 0. An error where days are no dates and
// months are asked for, or where there would be more than `most` periods.
Result<std::vector<std::int32_t>> period_starts(const Paths& paths, Calendar calendar,
                                                const PeriodLength& length, std::size_t most);

// Those of the events before `day`, and from it on.
Result<TwoExports> split_by_day(const Paths& paths, std::int32_t day, const Stop& stop);

struct PeriodFigures {
  std::int32_t first_day = 0;
  std::uint64_t patients = 0;         // with an event in this period
  Share unique_alone;                 // of them, by the events of this period
  std::uint64_t patients_so_far = 0;  // with an event in this period or before
  Share unique_so_far;                // of them, by all these events
  // The period before with this one; nothing for the first, or where one of them holds nothing.
  std::optional<LinkFigures> joined;
};

// The period before with each, as in PeriodFigures.
Result<std::vector<std::optional<LinkFigures>>> joined_periods(
    const Paths& paths, const std::vector<std::int32_t>& starts, const LinkQuestion& link,
    Progress& progress, const Stop& stop);

// Periods begin at `starts` (ascending; events before the first are left out); `starts` has one at
// least. `link` says how patients are joined, its tolerance apart.
Result<std::vector<PeriodFigures>> succession(const Paths& paths,
                                              const std::vector<std::int32_t>& starts,
                                              const LinkQuestion& link, Progress& progress,
                                              const Stop& stop);

}  // namespace parcours::paths
