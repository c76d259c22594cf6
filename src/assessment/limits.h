// The limits that the user sets. A pipeline can refuse an export that is over one of them.
//
//   --limit singled_out=0.05 --limit in_groups_below_11=0
//
// A limit names a figure (figures.h) by its id. If the figure is drawn, the upper end of its
// confidence interval is compared with the limit. There are no limits but the user's.
#pragma once

#include <string>
#include <vector>

#include "assessment/figures.h"
#include "base/error.h"

namespace parcours::assessment {

struct Limit {
  std::string measure;
  double most = 0;
};

// An error where one does not read NAME=NUMBER, or the number is below 0.
Result<std::vector<Limit>> parse_limits(const std::vector<std::string>& texts);

struct Held {
  Limit limit;
  tables::Label what;  // the figure's words
  double value = 0;
  double high = 0;  // what is held to the limit
  bool over = false;
};

// An error where a figure was not measured on these files, or is no risk; it names the nearest that
// was. And where a share's limit is above 1, which would always hold: a percentage.
Result<std::vector<Held>> hold(const std::vector<Limit>& limits,
                               const std::vector<Figure>& figures);

// Refused where any is over: the error names each.
Status within(const std::vector<Held>& held, const std::string& what);

}  // namespace parcours::assessment
