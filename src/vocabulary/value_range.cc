#include "vocabulary/value_range.h"

#include <algorithm>
#include <cstdlib>
#include <vector>

#include "base/check.h"
#include "vocabulary/text_table.h"

namespace parcours::vocabulary {

std::string_view value_ranges_csv();  // value_ranges.csv

namespace {

struct Ranges {
  struct OfUnit {
    Unit unit;
    ValueRange range;
  };

  ValueRange without_unit;
  ValueRange others;  // in the product of the base units
  std::vector<OfUnit> of_units;
};

Ranges read_ranges() {
  const Result<TextTable> table = parse_text_table(value_ranges_csv(), "value_ranges.csv");
  PARCOURS_CHECK(table);
  Ranges ranges;
  for (const TextTable::Row& row : table->rows) {
    PARCOURS_CHECK(row.fields.size() == 4);
    const ValueRange range{std::strtod(row.fields[1].c_str(), nullptr),
                           std::strtod(row.fields[2].c_str(), nullptr)};
    PARCOURS_CHECK(range.least < range.most);
    if (row.fields[0].empty()) {
      ranges.without_unit = range;
    } else if (row.fields[0] == "*") {
      ranges.others = range;
    } else {
      const std::optional<Unit> unit = parse_unit(row.fields[0]);
      PARCOURS_CHECK(unit);
      ranges.of_units.push_back({*unit, range});
    }
  }
  PARCOURS_CHECK(ranges.without_unit.most > 0 && ranges.others.most > 0);
  return ranges;
}

const Ranges& all_ranges() {
  static const Ranges ranges = read_ranges();
  return ranges;
}

}  // namespace

ValueRange value_range(const Unit& unit) {
  const std::vector<Ranges::OfUnit>& known = all_ranges().of_units;
  const auto found = std::ranges::find_if(
      known, [&](const Ranges::OfUnit& one) { return one.unit.same_dimension(unit); });
  const Unit of = found == known.end() ? Unit{1, 0, unit.exponents} : found->unit;
  const ValueRange range = found == known.end() ? all_ranges().others : found->range;
  return {converted(range.least, of, unit), converted(range.most, of, unit)};
}

ValueRange value_range_without_unit() {
  return all_ranges().without_unit;
}

}  // namespace parcours::vocabulary
