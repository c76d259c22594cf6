// An exact fraction, for proofs that are added up by hand.
#pragma once

#include <cstdint>
#include <string>

#include "base/int128.h"

namespace parcours::sums {

// above / below, in lowest terms, `below` at least 1. Numbers stay far below 2^127: counts times a
// denominator of at most 2^20.
struct Fraction {
  Int128 above = 0;
  Int128 below = 1;

  static Fraction of(Int128 above, Int128 below);

  std::int64_t floor() const;
  std::int64_t ceil() const;
  bool whole() const { return below == 1; }
  double number() const { return static_cast<double>(above) / static_cast<double>(below); }

  friend bool operator==(const Fraction&, const Fraction&) = default;
};

bool operator<(const Fraction& a, const Fraction& b);

// "7", "15/2".
std::string to_string(const Fraction& fraction);

}  // namespace parcours::sums
