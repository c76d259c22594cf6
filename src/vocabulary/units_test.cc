#include "vocabulary/units.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cmath>
#include <set>
#include <vector>

#include "vocabulary/text_table.h"

namespace parcours::vocabulary {

std::string_view units_csv();
std::string_view unit_spellings_csv();

namespace {

// A unit and what one of it is in another, by hand. Sources: UCUM 2.2, tables 1 to 8 (u); the SI
// brochure of the BIPM, 9th edition (si); NIST Special Publication 811, appendix B (nist).
struct UnitFact {
  std::string_view unit;
  double times;
  std::string_view of;
};

const std::vector<UnitFact>& unit_facts() {
  static const std::vector<UnitFact> facts = {

      UnitFact{"m", 100, "cm"},
      UnitFact{"s", 1000, "ms"},
      UnitFact{"g", 0.001, "kg"},
      UnitFact{"K", 1, "K"},
      UnitFact{"mol", 1e6, "umol"},
      UnitFact{"C", 1, "A.s"},
      UnitFact{"rad", 1, "rad"},
      UnitFact{"[IU]", 1000, "m[IU]"},
      UnitFact{"[arb'U]", 1, "[arb'U]"},
      UnitFact{"10*", 10, "1"},
      UnitFact{"10^", 10, "1"},
      UnitFact{"[pi]", 3.141592653589793, "1"},
      UnitFact{"%", 0.01, "1"},  // u table 3
      UnitFact{"[ppth]", 0.001, "1"},
      UnitFact{"[ppm]", 1e-6, "1"},  // u table 3
      UnitFact{"[ppb]", 1e-9, "1"},
      UnitFact{"[iU]", 1, "[IU]"},  // u table 7
      UnitFact{"min", 60, "s"},
      UnitFact{"h", 3600, "s"},
      UnitFact{"d", 86400, "s"},
      UnitFact{"wk", 604800, "s"},
      UnitFact{"a", 31557600, "s"},  // u: Julian
      UnitFact{"mo", 2629800, "s"},  // u: a/12
      UnitFact{"L", 1000, "cm3"},
      UnitFact{"l", 1, "L"},
      UnitFact{"Hz", 60, "/min"},
      UnitFact{"N", 1, "kg.m.s-2"},
      UnitFact{"Pa", 1, "kg/(m.s2)"},
      UnitFact{"J", 1, "kg.m2/s2"},
      UnitFact{"W", 1, "J/s"},
      UnitFact{"A", 1, "C/s"},
      UnitFact{"V", 1, "W/A"},
      UnitFact{"Ohm", 1, "V/A"},
      UnitFact{"Bq", 1, "/s"},
      UnitFact{"Gy", 1, "m2/s2"},
      UnitFact{"Sv", 1, "Gy"},
      UnitFact{"bar", 1e5, "Pa"},
      UnitFact{"atm", 101325, "Pa"},
      UnitFact{"m[Hg]", 133322, "Pa"},
      UnitFact{"mm[Hg]", 133.322, "Pa"},  // u table 5
      UnitFact{"m[H2O]", 9806.65, "Pa"},
      UnitFact{"cal", 4.184, "J"},  // u tables 5, 6
      UnitFact{"[Cal]", 4184, "J"},
      UnitFact{"eq", 1, "mol"},
      UnitFact{"osm", 1, "mol"},
      UnitFact{"kat", 1, "mol/s"},
      UnitFact{"U", 1.0 / 60e6, "mol/s"},  // u table 5
      UnitFact{"t", 1000, "kg"},
      UnitFact{"deg", 3.141592653589793 / 180, "rad"},
      UnitFact{"[diop]", 1, "m-1"},
      UnitFact{"[gr]", 0.06479891, "g"},  // nist
      UnitFact{"[lb_av]", 453.59237, "g"},
      UnitFact{"[oz_av]", 28.349523125, "g"},  // nist
      UnitFact{"[in_i]", 2.54, "cm"},
      UnitFact{"[ft_i]", 30.48, "cm"},  // nist
      UnitFact{"[yd_i]", 0.9144, "m"},
      UnitFact{"[mi_i]", 1609.344, "m"},  // nist
      UnitFact{"[foz_us]", 29.5735295625, "mL"},
      UnitFact{"[tsp_us]", 4.92892159375, "mL"},
      UnitFact{"[tbs_us]", 14.78676478125, "mL"},
      UnitFact{"[drp]", 0.05, "mL"},  // u table 5
      UnitFact{"[HPF]", 1, "1"},
      UnitFact{"[LPF]", 100, "1"},
      UnitFact{"Cel", 1, "K"},
      UnitFact{"[degF]", 5.0 / 9, "K"},
      UnitFact{"IU", 1, "[IU]"},
      UnitFact{"UI", 1, "[IU]"},
      UnitFact{"Eq", 1, "mol"},
      UnitFact{"mmHg", 1, "mm[Hg]"},
      UnitFact{"cmH2O", 98.0665, "Pa"},
      UnitFact{"bpm", 1, "{beats}/min"},
      UnitFact{"°C", 1, "K"},
      UnitFact{"G", 1e9, "1"},
      UnitFact{"T", 1e12, "1"},
      UnitFact{"G/L", 1, "10*3/uL"},
      UnitFact{"dag", 10, "g"},
      UnitFact{"µmol/L", 1, "umol/L"},
      UnitFact{"kg/m²", 1, "kg.m-2"},
      UnitFact{"mL/min/{1.73_m2}", 1, "mL/min"},
      UnitFact{"10*-3", 1, "[ppth]"},
      UnitFact{"mg/dL", 0.01, "g/L"},
      UnitFact{"ng/mL", 1, "ug/L"},
      UnitFact{"fL", 1, "um3"},
      UnitFact{"g{creat}", 1, "g"},
      UnitFact{"(mg/dL).h", 10 * 3600, "g.s/m3"},
      UnitFact{"/uL", 1e9, "m-3"},
      UnitFact{"100.g", 100, "g"}};
  return facts;
}

TEST(Units, AreThoseOfTheSpecification) {
  for (const UnitFact& fact : unit_facts()) {
    const auto unit = parse_unit(fact.unit);
    const auto of = parse_unit(fact.of);
    ASSERT_TRUE(unit) << fact.unit;
    ASSERT_TRUE(of) << fact.of;
    ASSERT_TRUE(unit->same_dimension(*of)) << fact.unit;
    EXPECT_NEAR(unit->factor / of->factor / fact.times, 1, 1e-12) << fact.unit;
  }
}

TEST(Units, EveryAtomIsCheckedByHand) {
  const Result<TextTable> table = parse_text_table(units_csv(), "units.csv");
  ASSERT_TRUE(table);
  for (const TextTable::Row& row : table->rows) {
    EXPECT_NE(std::ranges::find(unit_facts(), row.fields[0], &UnitFact::unit), unit_facts().end())
        << row.fields[0];
  }
}

// Each says a unit that UCUM writes otherwise, and no other reading of it is meant in health data.
TEST(Units, CommonSpellingsAreReadAsTheUnitThatIsMeant) {
  const Result<TextTable> table = parse_text_table(unit_spellings_csv(), "unit_spellings.csv");
  ASSERT_TRUE(table);
  EXPECT_GT(table->rows.size(), 100u);
  for (const TextTable::Row& row : table->rows) {
    const auto written = parse_unit(row.fields[0]);
    const auto meant = parse_unit(row.fields[1]);
    ASSERT_TRUE(written) << row.fields[0];
    ASSERT_TRUE(meant) << row.fields[1];
    EXPECT_TRUE(written->same_dimension(*meant)) << row.fields[0];
    EXPECT_EQ(written->factor, meant->factor) << row.fields[0];
    EXPECT_EQ(written->offset, meant->offset) << row.fields[0];
  }
  EXPECT_EQ(converted(100, *parse_unit("Mg/dL"), *parse_unit("g/L")), 1);
  EXPECT_EQ(converted(98.6, *parse_unit("degF"), *parse_unit("Cel")), 37);
}

TEST(Units, NoMegagramIsMeant) {
  for (const char* text :
       {"Mg/kg", "Gg", "Mmol", "Tmol/L", "Mm3", "Ms", "MeqL", "Meq/kg", "MU/L"}) {
    EXPECT_FALSE(parse_unit(text)) << text;
  }
  for (const char* text : {"kg", "hL", "dag", "kmol", "MBq", "MPa", "GHz", "M[IU]"}) {
    EXPECT_TRUE(parse_unit(text)) << text;
  }
}

TEST(Units, WhatIsNoUnitIsNone) {
  for (const char* text : {"",
                           " ",
                           "mg/",
                           "/",
                           "mg//dL",
                           "mg dL",
                           "mG/DL",
                           "mmol/",
                           "0",
                           "{",
                           "{a",
                           "a}",
                           "mg{a{b}}",
                           "(mg",
                           "mg)",
                           "()",
                           "m[Hg",
                           "[in_i",
                           "k[in_i]",
                           "kmin",
                           "mg99",
                           "m31",
                           "10*99",
                           "Cel/h",
                           "Cel2",
                           "mCel",
                           "[degF].m",
                           "06 12 34 56 78",
                           "Dupont",
                           "[pH]",
                           "99999999999",
                           "g.g.g.g.g.g.g.g.g.g.g.g.g.g.g.g.g.g.g.g.g.g.g.g.g.g.g.g.g.g.g"}) {
    EXPECT_FALSE(parse_unit(text)) << text;
  }
}

TEST(Units, TemperaturesHaveAZeroOfTheirOwn) {
  const Unit celsius = *parse_unit("Cel");
  const Unit fahrenheit = *parse_unit("[degF]");
  const Unit kelvin = *parse_unit("K");
  EXPECT_EQ(converted(98.6, fahrenheit, celsius), 37);
  EXPECT_EQ(converted(37, celsius, fahrenheit), 98.6);
  EXPECT_EQ(converted(37, celsius, kelvin), 310.15);
  EXPECT_EQ(converted(310.15, kelvin, celsius), 37);
  EXPECT_EQ(converted(32, fahrenheit, celsius), 0);
  EXPECT_EQ(converted(50, fahrenheit, celsius), 10);
  EXPECT_EQ(converted(-1e-7, celsius, celsius), -1e-7);
}

TEST(Units, AValueIsTheSameNumberInWhateverUnitItWas) {
  EXPECT_EQ(converted(100, *parse_unit("mg/dL"), *parse_unit("g/L")), 1);
  EXPECT_EQ(converted(250, *parse_unit("10*3/uL"), *parse_unit("10*9/L")), 250);
  EXPECT_EQ(converted(0.07, *parse_unit("1"), *parse_unit("%")), 7);
}

RC_GTEST_PROP(Units, ThereAndBackIsTheSameValue, ()) {
  const std::vector<const char*> units = {
      "mg/dL", "g/L",    "ug/mL", "kg/m3",  "[lb_av]/L", "mol/L", "umol/dL", "eq/L",
      "Cel",   "[degF]", "K",     "mm[Hg]", "kPa",       "bar",   "10*9/L",  "/uL"};
  const Unit from = *parse_unit(*rc::gen::elementOf(units));
  const Unit to = *parse_unit(*rc::gen::elementOf(units));
  RC_PRE(from.same_dimension(to));
  const double value = static_cast<double>(*rc::gen::inRange(-1'000'000, 1'000'000)) / 1000;
  const double back = converted(converted(value, from, to), to, from);
  RC_ASSERT(std::abs(back - value) <= 1e-8 * (1 + std::abs(value)));
}

// Any text is a unit or none, and a unit has a canonical one of its dimension.
RC_GTEST_PROP(Units, NoTextBreaksTheParser, ()) {
  const std::vector<std::string> parts = {"m", "g",   "L", "10*", "[in_i]", "mm[Hg]", "{", "}",
                                          "(", ")",   ".", "/",   "-",      "+",      "2", "99",
                                          "%", "Cel", "[", "]",   "µ",      "\xFF",   " "};
  std::string text;
  for (const std::string& part :
       *rc::gen::container<std::vector<std::string>>(rc::gen::elementOf(parts))) {
    text += part;
  }
  const auto unit = parse_unit(text.substr(0, 30));
  if (unit) {
    RC_ASSERT(std::isfinite(unit->factor));
    RC_ASSERT(unit->factor > 0);
    RC_ASSERT(canonical_unit(*unit).same_dimension(*unit));
  }
}

}  // namespace
}  // namespace parcours::vocabulary
