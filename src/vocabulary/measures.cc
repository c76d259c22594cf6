#include "vocabulary/measures.h"

#include <cmath>
#include <cstdlib>
#include <unordered_map>
#include <vector>

#include "base/check.h"
#include "vocabulary/text_table.h"

namespace parcours::vocabulary {

std::string_view measures_csv();  // measures.csv

namespace {

std::int8_t& exponent(Unit& unit, Dimension dimension) {
  return unit.exponents[static_cast<std::size_t>(dimension)];
}

// [IU] as if it were U, which is 1 umol/min.
Unit without_international(Unit unit) {
  static const Unit activity = *parse_unit("U");
  const std::int8_t times = unit[Dimension::international];
  if (times != 0) {
    unit.factor *= std::pow(activity.factor, times);
    exponent(unit, Dimension::international) = 0;
    exponent(unit, Dimension::amount) = static_cast<std::int8_t>(unit[Dimension::amount] + times);
    exponent(unit, Dimension::time) = static_cast<std::int8_t>(unit[Dimension::time] - times);
  }
  return unit;
}

// Each amount more than `like` has becomes a mass, and each less the contrary.
Unit with_mass(Unit unit, const Unit& like, double molar_mass) {
  const int more = unit[Dimension::amount] - like[Dimension::amount];
  if (more != 0) {
    unit.factor *= std::pow(molar_mass, more);
    exponent(unit, Dimension::amount) = like[Dimension::amount];
    exponent(unit, Dimension::mass) = static_cast<std::int8_t>(unit[Dimension::mass] + more);
  }
  return unit;
}

// mmol/mol and not %: of HbA1c the units differ by what they are made for.
bool is_ifcc(const Unit& unit) {
  static const Unit ifcc = *parse_unit("mmol/mol");
  return std::abs(unit.factor / ifcc.factor - 1) < 1e-9;
}

std::vector<Measure> read_measures() {
  const Result<TextTable> table = parse_text_table(measures_csv(), "measures.csv");
  PARCOURS_CHECK(table);
  std::vector<Measure> all;
  for (const TextTable::Row& row : table->rows) {
    PARCOURS_CHECK(row.fields.size() == 5);
    const std::optional<Unit> unit = parse_unit(row.fields[2]);
    PARCOURS_CHECK(unit);
    all.push_back({.code = row.fields[0],
                   .name = row.fields[1],
                   .unit = row.fields[2],
                   .kept = *unit,
                   .molar_mass = std::strtod(row.fields[3].c_str(), nullptr),
                   .activity = row.fields[4] == "yes"});
  }
  return all;
}

}  // namespace

std::span<const Measure> measures() {
  static const std::vector<Measure> all = read_measures();
  return all;
}

const Measure* find_measure(std::string_view system, std::string_view code) {
  static const auto by_code = [] {
    std::unordered_map<std::string_view, const Measure*> found;
    for (const Measure& measure : measures()) {
      found.emplace(measure.code, &measure);
    }
    return found;
  }();
  const auto found = system == "loinc" ? by_code.find(code) : by_code.end();
  return found == by_code.end() ? nullptr : found->second;
}

std::optional<double> measured(const Measure& measure, double value, const Unit& unit) {
  Unit from = unit;
  Unit to = measure.kept;
  if (measure.name == "HBA1C" && from.same_dimension(to) && is_ifcc(from)) {
    constexpr double slope = 0.09148;
    constexpr double intercept = 2.152;
    static const Unit percent = *parse_unit("%");
    return converted(slope * value + intercept, percent, to);
  }
  if (measure.activity) {
    from = without_international(from);
    to = without_international(to);
  }
  if (measure.molar_mass > 0) {
    from = with_mass(from, to, measure.molar_mass);
  }
  return from.same_dimension(to) ? std::optional(converted(value, from, to)) : std::nullopt;
}

}  // namespace parcours::vocabulary
