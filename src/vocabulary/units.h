// Units of measure as UCUM writes them (The Unified Code for Units of Measure, version 2.2,
// https://ucum.org/ucum, case sensitive): "mmol/L", "10*9/L", "mm[Hg]", "{beats}/min".
//
// units.csv holds the atoms that health data needs and, after Cel and [degF], some spellings that
// are no UCUM but have one meaning in health data ("mmHg", "mUI/L", "G/L"); "µ" is read as "u".
//
// Two things differ from UCUM. An amount of substance is a dimension of its own, so that a mass
// meets an amount only where the substance is known (measures.h). An arbitrary unit is comparable
// with itself alone.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace parcours::vocabulary {

// Of the dimensions below, in this order.
enum class Dimension : std::uint8_t {
  length,
  time,
  mass,
  temperature,
  amount,
  charge,
  angle,
  international,
  arbitrary
};
using Exponents = std::array<std::int8_t, 9>;

struct Unit {
  double factor = 1;  // in m, s, g, K, mol, C, rad, [IU], [arb'U]
  double offset = 0;  // added to a value before the factor: 273.15 of Cel
  Exponents exponents{};

  std::int8_t operator[](Dimension dimension) const {
    return exponents[static_cast<std::size_t>(dimension)];
  }
  bool same_dimension(const Unit& other) const { return exponents == other.exponents; }
};

// Nothing for what is no unit, and for more than 60 bytes. Cel and [degF] stand alone, as their
// zero is not that of their dimension.
std::optional<Unit> parse_unit(std::string_view text);

// A value in another unit of the same dimension, to twelve significant digits: nobody measures
// finer, and 100 mg/dL is 1 g/L to the last bit. Temperatures with a zero of their own also to
// ten decimals, so that 32 [degF] is 0 Cel.
double converted(double value, const Unit& from, const Unit& to);

// The unit in which values of a dimension are kept where no measure says another: the first of the
// list in docs/formats/units.md, else the product of the units of `Unit::factor`.
Unit canonical_unit(const Unit& unit);

}  // namespace parcours::vocabulary
