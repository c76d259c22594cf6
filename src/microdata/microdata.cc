#include "microdata/microdata.h"

#include <algorithm>
#include <numeric>

#include "base/check.h"
#include "base/column_names.h"

namespace parcours::microdata {

ColumnChoice every_column(const Microdata& data) {
  ColumnChoice all(data.columns.size());
  std::iota(all.begin(), all.end(), 0);
  return all;
}

Result<ColumnChoice> columns_named(const Microdata& data, std::span<const std::string> names) {
  ColumnChoice chosen;
  for (const std::string& name : names) {
    const auto found = std::ranges::find(data.columns, name, &MicrodataColumn::name);
    if (found == data.columns.end()) {
      std::vector<std::string> known;
      std::ranges::transform(data.columns, std::back_inserter(known), &MicrodataColumn::name);
      return bad_input("no column '" + name + "'", {}, column_hint(name, known, false));
    }
    chosen.push_back(static_cast<std::size_t>(found - data.columns.begin()));
  }
  return chosen;
}

}  // namespace parcours::microdata
