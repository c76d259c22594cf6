// What a study counts: the crowd of its population and its tables of crowds.
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
};

struct Counted {
  Crowd population;  // everyone whom the study is about
  std::vector<CrowdTable> tables;
};

}  // namespace parcours
