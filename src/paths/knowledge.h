// What an attacker may know of the time of events, and care paths as this attacker sees them.
//
//   days         the day of each event; also roughly, by the curve's tolerance
//   weeks        the week: Monday to Sunday of dates, else days 0 to 6, 7 to 13, ...
//   months       the month: of the calendar for dates, else days 0 to 29, 30 to 59, ...
//   since_first  days since the patient's own first event, and no date; months, quarters or
//   years since, where
//                an export has no more than these
//   order        which code came before which: the distinct codes in order of their first day;
//                codes of one day stand in order of code
//   none         which codes, and nothing of when
//
// known_paths() gives every (code, day) its code and what is known of the day instead; what comes
// out are paths like others, so that every figure of uniqueness.h, groups.h and linkage.h can be
// asked of them. A tolerance is then in weeks or months; of order and none it is 0.
//
//   patient A: (J45, day 3) (R03, day 12) (R03, day 40)
//   weeks: (J45, 0) (R03, 1) (R03, 5)      since_first: (J45, 0) (R03, 9) (R03, 37)
//   order: J45 first, then R03             none: J45 and R03
//
// Two figures say how a whole path identifies, and they differ. For `all` of a curve, a patient
// with the same events and more fits too. For whole_paths(), only a patient with exactly the same
// path fits: the attacker knows the whole record, or joins two copies of it.
// G1: known_paths() is this definition. G2: whole_paths() compares records, not their hashes alone.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "base/day.h"
#include "base/error.h"
#include "base/share.h"
#include "base/stop.h"
#include "paths/paths.h"

namespace parcours::paths {

enum class Timing : std::uint8_t { days, weeks, months, since_first, order, none };

// "days", "weeks", "months", "since_first", "order", "none", in the order of Timing.
std::span<const std::string> timings();

// The number that `day` has in its week or month, as above; of any other timing the day's own. Days
// that are only an order have neither weeks nor months.
std::int32_t timed(std::int32_t day, Timing timing, Calendar calendar);

// Patients keep their numbers. Codes keep theirs; their order is what `order` goes by. An error
// where days that are only an order are asked for weeks, months or days since.
Result<Paths> known_paths(const Paths& paths, Timing timing, Calendar calendar, Precision precision,
                          const Stop& stop);

struct WholePaths {
  Share unique;                 // patients whose path nobody else has
  std::uint64_t different = 0;  // paths
};
WholePaths whole_paths(const Paths& paths);

}  // namespace parcours::paths
