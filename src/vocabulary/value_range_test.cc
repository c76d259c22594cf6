#include "vocabulary/value_range.h"

#include <gtest/gtest.h>

#include <string>

#include "vocabulary/measures.h"

namespace parcours::vocabulary {
namespace {

bool plausible(double value, std::string_view unit) {
  return unit.empty() ? value_range_without_unit().has(value)
                      : value_range(*parse_unit(unit)).has(value);
}

struct ValueCase {
  double value;
  const char* unit;
  bool plausible;
};

class ValueRanges : public testing::TestWithParam<ValueCase> {};

TEST_P(ValueRanges, TellMeasurementsFromOtherNumbers) {
  const auto& [value, unit, expected] = GetParam();
  EXPECT_EQ(plausible(value, unit), expected) << value << " " << unit;
}

INSTANTIATE_TEST_SUITE_P(WithoutUnit, ValueRanges,
                         testing::Values(ValueCase{612345678, "", false},   // a French phone number
                                         ValueCase{4155552671, "", false},  // an American one
                                         ValueCase{255081416802538, "", false},  // an INS
                                         ValueCase{10003456786, "", false},      // an RPPS
                                         ValueCase{19800214, "", false},         // a day of birth
                                         ValueCase{10'000'000, "",
                                                   true},  // the end of an assay of viral load
                                         ValueCase{250'000, "", true}, ValueCase{-2.5, "", true},
                                         ValueCase{0, "", true}, ValueCase{-612345678, "", false}));

INSTANTIATE_TEST_SUITE_P(
    OfUnits, ValueRanges,
    testing::Values(ValueCase{90, "mg/dL", true}, ValueCase{612345678, "mg/dL", false},
                    ValueCase{-1, "mg/dL", false}, ValueCase{700, "kg", true},
                    ValueCase{612345678, "kg", false}, ValueCase{-30, "mmol/L", true},
                    ValueCase{612345678, "mmol/L", false}, ValueCase{98.6, "[degF]", true},
                    ValueCase{612345678, "[degF]", false}, ValueCase{310.15, "K", true},
                    ValueCase{120, "mm[Hg]", true}, ValueCase{16, "kPa", true},
                    ValueCase{612345678, "mm[Hg]", false}, ValueCase{300, "10*3/uL", true},
                    ValueCase{1e9, "[IU]/mL", true}, ValueCase{612345678, "%", true},
                    ValueCase{612345678, "{score}", false}, ValueCase{1e11, "kg.m", true},
                    ValueCase{1e11, "kg.m2/s2/mol", true}, ValueCase{1e20, "kg.m", false}));

// Nothing that care measures is near the limits.
TEST(ValueRange, EveryMeasureOfTheListHasRoom) {
  for (const Measure& measure : measures()) {
    const ValueRange range = value_range(measure.kept);
    EXPECT_TRUE(range.has(0.01)) << measure.code;
    EXPECT_TRUE(range.has(measure.unit == "Cel" ? 100 : 400)) << measure.code;
  }
}

TEST(ValueRange, EveryCanonicalUnitHasOneOfItsOwn) {
  for (const char* text : {"1",      "g",   "cm",     "s",   "L",      "Cel",  "mm[Hg]", "g/L",
                           "mmol/L", "mol", "10*9/L", "U/L", "[IU]/L", "[IU]", "/min",   "L/min",
                           "kg/m2",  "m2",  "kcal",   "W",   "g/mol",  "m/s",  "g/d"}) {
    EXPECT_NE(value_range(*parse_unit(text)).most, 1e15) << text;
  }
}

}  // namespace
}  // namespace parcours::vocabulary
