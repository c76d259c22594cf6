// What the codes of LOINC measure: the panel's name of it, the unit in which its values are kept,
// and how a value in another unit becomes one in this.
//
//   const Measure* glucose = find_measure("loinc", "14771-0");      // moles per volume
//   measured(*glucose, 5.55, *parse_unit("mmol/L"))                 // 0.999888 (g/L)
//
// measures.csv lists the codes. Where mass and amount meet it has a molar mass in g/mol, from the
// standard atomic weights (IUPAC, 2021) and the substance: glucose, creatinine, cholesterol,
// triolein for triglycerides, urea (two atoms of nitrogen for urea nitrogen), uric acid,
// 25-hydroxyvitamin D3; a quarter of the tetramer for haemoglobin (ICSH, 1978); NT-proBNP as its 76
// amino acids. Where the units of an activity (U, [IU]) are used for one another, it says so.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "vocabulary/units.h"

namespace parcours::vocabulary {

struct Measure {
  std::string code;       // of LOINC
  std::string name;       // "GLUCOSE" of codes.csv; empty: the panel has none
  std::string unit;       // UCUM
  Unit kept;              // the same, read
  double molar_mass = 0;  // g/mol; 0: mass and amount do not meet
  bool activity = false;  // U and [IU] are the same here
};

// In the order of measures.csv, the same ones at every call.
std::span<const Measure> measures();
// By code system and code; nullptr where nothing is known of it.
const Measure* find_measure(std::string_view system, std::string_view code);

// A value in the measure's unit; nothing where the unit's dimension is none that the measure can
// have. HbA1c in mmol/mol (IFCC) becomes % (NGSP) by the master equation NGSP = 0.09148 IFCC +
// 2.152 (ngsp.org, "IFCC Standardization of HbA1c").
std::optional<double> measured(const Measure& measure, double value, const Unit& unit);

}  // namespace parcours::vocabulary
