#include "vocabulary/measures.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>
#include <set>

#include "vocabulary/built_in.h"
#include "vocabulary/code_systems.h"

namespace parcours::vocabulary {
namespace {

// To four digits.
double value(const char* code, double number, const char* unit) {
  const Measure* measure = find_measure("loinc", code);
  EXPECT_NE(measure, nullptr) << code;
  const auto read = parse_unit(unit);
  EXPECT_TRUE(read) << unit;
  const auto made = measured(*measure, number, *read);
  return made ? std::round(*made * 1e4) / 1e4 : -1;
}

TEST(Measures, MassAndAmountMeetInOneNumber) {
  EXPECT_EQ(value("1558-6", 100, "mg/dL"), 1);
  EXPECT_EQ(value("14771-0", 5.5507, "mmol/L"), 1);
  EXPECT_EQ(value("2160-0", 1, "mg/dL"), 88.4017);
  EXPECT_EQ(value("14682-9", 88.4, "umol/L"), 88.4);
  EXPECT_EQ(value("2093-3", 200, "mg/dL"), 2);
  EXPECT_EQ(value("14647-2", 5.1726, "mmol/L"), 2);
  EXPECT_EQ(value("14927-8", 2, "mmol/L"), 1.7709);
  EXPECT_EQ(value("62292-8", 20, "ng/mL"), 49.9189);
  EXPECT_EQ(value("14585-4", 1, "mg/mmol"), 8.8402);
  EXPECT_EQ(value("9318-7", 30, "mg/g"), 30);
  EXPECT_EQ(value("9318-7", 30, "ug/mg"), 30);
  EXPECT_EQ(value("3094-0", 28.014, "mg/dL"), 10);
}

// A molecule of so many atoms weighs as much as they do (IUPAC 2021, abridged standard atomic
// weights), to two decimals.
TEST(Measures, MolarMassesAreThoseOfTheirFormulas) {
  struct Formula {
    const char* code;
    int carbon, hydrogen, nitrogen, oxygen;
  };
  for (const auto& [code, carbon, hydrogen, nitrogen, oxygen] :
       {Formula{"2345-7", 6, 12, 0, 6}, Formula{"2160-0", 4, 7, 3, 1},
        Formula{"2093-3", 27, 46, 0, 1}, Formula{"2571-8", 57, 104, 0, 6},
        Formula{"3091-6", 1, 4, 2, 1}, Formula{"3094-0", 0, 0, 2, 0}, Formula{"3084-1", 5, 4, 4, 3},
        Formula{"1989-3", 27, 44, 0, 2}, Formula{"9318-7", 4, 7, 3, 1}}) {
    const double mass = 12.011 * carbon + 1.008 * hydrogen + 14.007 * nitrogen + 15.999 * oxygen;
    EXPECT_NEAR(find_measure("loinc", code)->molar_mass, mass, 0.0051) << code;
  }
}

TEST(Measures, HbA1cOfTheIfccBecomesThatOfTheNgsp) {
  EXPECT_EQ(value("4548-4", 6.5, "%"), 6.5);
  EXPECT_EQ(value("59261-8", 48, "mmol/mol"), 6.543);
  EXPECT_EQ(value("4548-4", 0.065, "1"), 6.5);
}

TEST(Measures, UnitsOfActivityAreOneAnotherWhereTheyAreUsedSo) {
  EXPECT_EQ(value("1742-6", 40, "[IU]/L"), 40);
  EXPECT_EQ(value("1742-6", 40, "UI/L"), 40);
  EXPECT_EQ(value("1742-6", 1, "ukat/L"), 60);
  EXPECT_EQ(value("3016-3", 2.5, "mU/L"), 2.5);
  EXPECT_EQ(value("3016-3", 2.5, "u[IU]/mL"), 2.5);
}

TEST(Measures, VitalsComeInTheUnitsOfThePanel) {
  EXPECT_EQ(value("29463-7", 154, "[lb_av]"), 69.8532);
  EXPECT_EQ(value("8302-2", 70, "[in_i]"), 177.8);
  EXPECT_EQ(value("8310-5", 98.6, "[degF]"), 37);
  EXPECT_EQ(value("8480-6", 16, "kPa"), 120.0102);
  EXPECT_EQ(value("8867-4", 72, "{beats}/min"), 72);
  EXPECT_EQ(value("8867-4", 72, "bpm"), 72);
  EXPECT_EQ(value("2708-6", 0.97, "1"), 97);
}

TEST(Measures, AUnitThatTheMeasureCannotHaveIsNone) {
  EXPECT_EQ(value("1558-6", 1, "kg"), -1);
  EXPECT_EQ(value("1558-6", 1, "[IU]/L"), -1);
  EXPECT_EQ(value("8480-6", 1, "mmol/L"), -1);
  EXPECT_EQ(value("1988-5", 1, "mmol/L"), -1) << "of CRP no molar mass is known";
  EXPECT_EQ(value("29463-7", 1, "Cel"), -1);
}

TEST(Measures, HaveCodesOfLoincOnceAndNamesOfThePanel) {
  const CodeSystem* loinc = find_code_system("loinc");
  std::set<std::string> panel;
  for (const BuiltInCode& one : built_in_codes()) {
    if (one.code.system == "lab" || one.code.system == "vital") {
      panel.insert(one.code.code);
    }
  }
  std::set<std::string> codes;
  std::set<std::string> named;
  for (const Measure& measure : measures()) {
    EXPECT_TRUE(has_form(*loinc, measure.code)) << measure.code;
    EXPECT_TRUE(codes.insert(measure.code).second) << measure.code;
    EXPECT_TRUE(measure.name.empty() || panel.contains(measure.name)) << measure.name;
    named.insert(measure.name);
  }
  for (const std::string& name : panel) {
    EXPECT_TRUE(named.contains(name)) << name;
  }
  EXPECT_EQ(find_measure("icd10", "2345-7"), nullptr);
  EXPECT_EQ(find_measure("loinc", "1-8"), nullptr);
}

// The unit that codes.csv prints beside a lab's name is the one in which its values are kept.
TEST(Measures, KeepTheUnitThatTheirLabelSays) {
  for (const BuiltInCode& one : built_in_codes()) {
    if (one.code.system != "lab" && one.code.system != "vital") {
      continue;
    }
    const std::string& label = one.label.en;
    const std::size_t open = label.rfind('(');
    ASSERT_NE(open, std::string::npos) << label;
    std::string text = label.substr(open + 1, label.size() - open - 2);
    text = text == "beats/min" ? "{beats}/min" : text;
    const auto unit = parse_unit(text);
    ASSERT_TRUE(unit) << text;
    for (const Measure& measure : measures()) {
      if (measure.name == one.code.code) {
        EXPECT_TRUE(unit->same_dimension(measure.kept)) << label;
        EXPECT_NEAR(unit->factor / measure.kept.factor, 1, 1e-12) << label;
      }
    }
  }
}

RC_GTEST_PROP(Measures, AValueInItsOwnUnitStaysAsItIs, ()) {
  const Measure& measure = measures()[*rc::gen::inRange<std::size_t>(0, measures().size())];
  const double number = static_cast<double>(*rc::gen::inRange(0, 1'000'000)) / 100;
  RC_ASSERT(measured(measure, number, measure.kept) == number);
}

}  // namespace
}  // namespace parcours::vocabulary
