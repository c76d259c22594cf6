// The result of counting a study: the crowd of its population and its tables of crowds.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "crowds/crowd.h"
#include "tables/table.h"

namespace parcours {

// A table of crowds, shaped as tables::Table: every combination of categories and totals,
// row-major, the last dimension fastest, the total at the last place of each dimension.
struct CrowdTable {
  std::string id;
  Label title;
  std::vector<Dimension> dimensions;
  std::vector<bool> sensitive;  // by dimension
  std::optional<Label> mean_of;
  std::vector<Crowd> cells;
  // Of a table of `each` or of means: everyone of the population at the same places, whether or not
  // they stand in the table (they may have no such event, no value). Shaped as `cells`, for `each`
  // without the last dimension. Empty for `of`, whose cells are everyone.
  std::vector<Crowd> groups;
};

struct Counted {
  Crowd population;  // everyone whom the study is about
  std::vector<CrowdTable> tables;
};

}  // namespace parcours
