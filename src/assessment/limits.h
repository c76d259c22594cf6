// What the user allows: a pipeline refuses an export that goes over it.
//
//   --limit singled_out=0.05 --limit in_groups_below_11=0
//
// A measure over its limit is a breach; of one that is drawn it is the upper end of its interval that must not be over. There is no limit but what the user sets.
#pragma once

#include <string>
#include <vector>

#include "assessment/assessment.h"
#include "base/error.h"

namespace parcours {

struct Limit {
  std::string measure;
  double most = 0;
};

// An error where one does not read NAME=NUMBER, or the number is below 0.
Result<std::vector<Limit>> parse_limits(const std::vector<std::string>& texts);

struct Held {
  Limit limit;
  double value = 0;
  double high =
      0;  // of its 95 % interval where it is drawn, else the value: what is held to the limit
  bool over = false;
};

// An error where a measure was not taken on these files; it names the nearest that was. And where a share's limit is above 1, which
// would always hold: a percentage.
Result<std::vector<Held>> hold(const std::vector<Limit>& limits,
                               const std::vector<Measure>& measures);

// Refused where any is over: the error names each.
Status within(const std::vector<Held>& held, const std::string& what);

}  // namespace parcours
