// Frequency tables of the Adult census sample with all nodes of its hierarchies, for measuring on
// real counts.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "tables/table.h"

namespace parcours::bench {

struct CountedTable {
  tables::Table table;
  std::vector<std::int64_t> counts;  // by cell
};

// By these columns. `folder` holds adult.csv and adult_hierarchy_<column>.csv (semicolons; a leaf
// and its ancestors a line); nothing where it does not. A node with a single child is that child.
std::optional<CountedTable> adult_table(const std::filesystem::path& folder,
                                        const std::vector<std::string>& columns);

}  // namespace parcours::bench
