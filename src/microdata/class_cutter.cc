#include "microdata/class_cutter.h"

#include <algorithm>
#include <numeric>

#include "microdata/classes.h"
#include "microdata/draws.h"

namespace parcours::microdata {

DistinctRows::DistinctRows(std::span<const CodeColumn> columns, std::size_t records,
                           std::size_t sample, std::uint64_t seed, int threads) {
  const Classes grouping = group(columns, records, threads);
  // One record of each class stands for it: the unique ones in their order, then the others.
  std::vector<std::uint32_t> shared;
  std::vector<bool> taken(grouping.sizes.size(), false);
  for (std::uint32_t record = 0; record < records; ++record) {
    const std::uint32_t its_class = grouping.class_of[record];
    if (grouping.sizes[its_class] == 1) {
      records_.push_back(record);
    } else if (!taken[its_class]) {
      taken[its_class] = true;
      shared.push_back(record);
    }
  }
  if (records_.size() > sample) {
    std::vector<std::uint32_t> drawn = shuffled(records_.size(), seed, 0);
    const auto last = drawn.begin() + static_cast<std::ptrdiff_t>(sample);
    std::sort(drawn.begin(), last);
    std::ranges::transform(drawn, drawn.begin(), [&](std::uint32_t i) { return records_[i]; });
    shared.insert(shared.end(), last, drawn.end());
    records_.assign(drawn.begin(), last);
  }
  std::vector<std::uint32_t> stand_for(records_);
  stand_for.insert(stand_for.end(), shared.begin(), shared.end());

  for (std::size_t i = 0; i < columns.size(); ++i) {
    if (columns[i].values > 1) {
      places_.push_back(i);
      most_values_ = std::max(most_values_, columns[i].values);
    }
  }
  std::ranges::stable_sort(places_, {}, [&](std::size_t i) { return columns[i].values; });
  for (const std::size_t place : places_) {
    columns_.push_back(narrow_codes(columns[place].codes, columns[place].values, stand_for));
  }
  all_.rows.resize(stand_for.size());
  std::iota(all_.rows.begin(), all_.rows.end(), 0);
  if (stand_for.size() > 1) {
    all_.ends.push_back(static_cast<std::uint32_t>(stand_for.size()));
  }
}

}  // namespace parcours::microdata
