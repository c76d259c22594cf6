// How narrowly can an outsider bound what is hidden?
//
// Everything that is published fixes A x = b and a range for each unknown. Over the reals a cell's
// narrowest interval runs from the least to the most that x can be: two linear programs. Over whole
// numbers it may be narrower still.
//
// Nothing here rests on floating point. A bound comes from the multipliers of a linear program,
// read as fractions: any multipliers y give x_i = y b + (e_i - y A) x, and the ranges bound the
// right-hand side, exactly; so a bound that is said holds, whatever the program's rounding did. A
// value that is said to be reached comes with a whole table that was checked by adding. (A.
// Neumaier, O. Shcherbina, "Safe bounds in linear and mixed-integer linear programming", Math.
// Program. 99, 2004.)
//
// Most cells need no linear program: a *move* (move.h) shows at once how far they can go.
//
// G1: no solution within the ranges, real or whole, has a value outside [low, high].
// G2: no whole solution has a value outside [whole_low, whole_high].
// G3: some whole solution has the value reached_low, and some has reached_high.
// G4: where sharp, no narrower interval over the reals holds.
//
// Worked example: of a row a + b + c = 7 all three are hidden, and marked "1 to 10". Each of them
// is 1 to 5: low = 1, high = 5, both reached.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "base/error.h"
#include "base/progress.h"
#include "base/stop.h"
#include "sums/fraction.h"
#include "sums/system.h"

namespace parcours::sums {

struct Interval {
  std::uint32_t cell = 0;
  Fraction low;                  // over the reals
  std::optional<Fraction> high;  // nothing: no bound
  bool low_sharp = false;
  bool high_sharp = false;
  std::int64_t whole_low = 0;
  std::int64_t whole_high = no_limit;
  // Nothing where no whole solution was found (the system may have none).
  std::optional<std::int64_t> reached_low;
  std::optional<std::int64_t> reached_high;
  // How wide it is over whole numbers where linear programs in floating point are right; asked over
  // the reals alone (below), and nothing where a program failed.
  std::optional<std::int64_t> carried_width{};

  bool determined() const { return high && low == *high; }
  // How many wide it is at most, over whole numbers: 0 when it is known.
  std::int64_t width() const { return whole_high == no_limit ? no_limit : whole_high - whole_low; }
  // How many wide it is at least.
  std::int64_t reached_width() const {
    return reached_low && reached_high ? *reached_high - *reached_low : 0;
  }
};

struct IntervalQuestion {
  std::vector<std::uint32_t> cells;  // which unknown cells; empty: all
  // A cell that was reached this far apart is not looked at any closer; nothing: all bounds.
  std::optional<std::int64_t> enough;
  // Beside `cells`: what is enough of each, at most `enough`. Empty: the same of all.
  std::vector<std::int64_t> enough_of{};
  // Whether bounds over the reals answer the question, where a whole solution that far off does not
  // show at once. Then a cell is not looked at any closer either when a linear program carried it
  // so far, and its bounds stay as wide as sums alone leave them. Choose it where thousands of
  // cells are asked and only the narrow ones matter; it needs `enough`.
  bool over_reals = false;
  // A whole solution, by cell, where the asker has one (who made the tables has).
  std::vector<std::int64_t> solution;
  // How many linear programs at most; what is left then keeps the bounds that sums alone give.
  std::uint64_t programs = 100'000;
};

// In the order of the cells asked for; known cells are left out. Errors: sums that do not come out,
// ranges that no solution fits (the place is a relation's number, where one shows it).
Result<std::vector<Interval>> intervals(const System& system, const IntervalQuestion& question,
                                        Progress& progress, const Stop& stop);

}  // namespace parcours::sums
