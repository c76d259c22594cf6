// Guesses the role of one column from its name and its values, before the columns are compared with
// each other.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "exports/column_guess.h"
#include "exports/column_profile.h"

namespace parcours::exports {

inline constexpr double nearly_all = 0.95;  // of the values

inline constexpr std::uint32_t no_value = 0;

// A column's guess with what it was made from.
struct Look {
  ExportColumn column;
  ColumnProfile profile;
  // By line of the sample, a hash of its value: enough to compare lines, and nothing to read.
  std::vector<std::uint32_t> values;
  int rank = 1000;          // how likely its name makes it, of those that seem to be the same
  bool named = false;       // its name says something
  bool of_health = false;   // an illness, a drug, a procedure
  bool registered = false;  // a number by which the person is registered elsewhere
  ColumnGuess guess;
};

// Puts another role and its reason in the place of the guess.
void decide(Look& look, ColumnRole role, Text reason);

// Decides by the column's name and profile. `whole`: all lines of the file were looked at.
void guess_alone(Look& look, bool whole);

}  // namespace parcours::exports
