#include "sums/bound.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <deque>
#include <utility>

#include "base/check.h"

namespace parcours::sums {
namespace {

// What a row's terms can add up to; an end is open when some range is.
struct Activity {
  Int128 low = 0;
  Int128 high = 0;
  int open_low = 0;
  int open_high = 0;
};

void add(Activity& activity, const Range& range, std::int64_t coefficient, int sign) {
  const bool positive = coefficient > 0;
  const Int128 at_low = static_cast<Int128>(coefficient) * range.low;
  (positive ? activity.low : activity.high) += sign * at_low;
  if (range.high == no_limit) {
    (positive ? activity.open_high : activity.open_low) += sign;
  } else {
    (positive ? activity.high : activity.low) +=
        sign * (static_cast<Int128>(coefficient) * range.high);
  }
}

Int128 floor_of(Int128 above, Int128 below) {  // below > 0
  return above >= 0 ? above / below : -((-above + below - 1) / below);
}

constexpr Int128 nowhere = static_cast<Int128>(1) << 120;  // further out than any bound

std::int64_t within_limits(Int128 number) {
  return static_cast<std::int64_t>(std::clamp<Int128>(number, -no_limit, no_limit));
}

// The range, narrowed by low <= coefficient * x <= high.
Range limited(Range range, std::int64_t coefficient, Int128 low, Int128 high) {
  if (coefficient < 0) {
    low = -std::exchange(high, -low);
    coefficient = -coefficient;
  }
  return {std::max(range.low, within_limits(-floor_of(-low, coefficient))),
          std::min(range.high, within_limits(floor_of(high, coefficient)))};
}

class Narrowing {
 public:
  Narrowing(const Equations& equations, std::vector<Range> ranges,
            std::span<const std::uint32_t> rows, Numbers numbers)
      : equations_(equations),
        ranges_(std::move(ranges)),
        numbers_(numbers),
        waiting_(rows.begin(), rows.end()),
        waits_(equations.rows(), false),
        left_(turns * (equations.rows() + 1)) {
    for (const std::uint32_t row : rows) {
      waits_[row] = true;
    }
  }

  std::optional<std::vector<Range>> run() && {
    while (!waiting_.empty() && left_-- > 0) {
      const std::uint32_t row = waiting_.front();
      waiting_.pop_front();
      waits_[row] = false;
      if (!narrow(row)) {
        return std::nullopt;
      }
    }
    return std::move(ranges_);
  }

 private:
  // Ranges could go on narrowing for very long; each row has this many turns on average.
  static constexpr std::size_t turns = 40;

  bool narrow(std::uint32_t row) {
    Activity all;
    for (const Equations::Term& term : equations_.row(row)) {
      add(all, ranges_[term.index], term.coefficient, 1);
    }
    for (const Equations::Term& term : equations_.row(row)) {
      const bool unit = term.coefficient == 1 || term.coefficient == -1;
      if (numbers_ == Numbers::real && !unit) {
        continue;
      }
      const Range before = ranges_[term.index];
      Activity rest = all;
      add(rest, before, term.coefficient, -1);
      const Int128 sum = equations_.sum(row);
      const Range after =
          limited(before, term.coefficient, rest.open_high == 0 ? sum - rest.high : -nowhere,
                  rest.open_low == 0 ? sum - rest.low : nowhere);
      if (after.low > after.high) {
        return false;
      }
      if (after != before) {
        all = rest;
        add(all, after, term.coefficient, 1);
        ranges_[term.index] = after;
        wake(term.index, row);
      }
    }
    return true;
  }

  void wake(std::uint32_t unknown, std::uint32_t but) {
    for (const Equations::Term& in : equations_.column(unknown)) {
      if (in.index != but && !waits_[in.index]) {
        waits_[in.index] = true;
        waiting_.push_back(in.index);
      }
    }
  }

  const Equations& equations_;
  std::vector<Range> ranges_;
  const Numbers numbers_;
  std::deque<std::uint32_t> waiting_;
  std::vector<bool> waits_;
  std::size_t left_;
};

constexpr double largest_multiplier = 1e6;

// below * the bound, of multipliers that are whole numbers divided by `below`.
std::optional<Int128> least_of(const Equations& equations, const Equations::Part& part,
                               std::span<const Range> ranges, std::uint32_t unknown, int direction,
                               std::span<const std::int64_t> multipliers, std::int64_t below,
                               std::vector<Int128>& reduced) {
  reduced.assign(part.unknowns.size(), 0);
  const auto place = [&](std::uint32_t u) {
    return static_cast<std::size_t>(std::ranges::lower_bound(part.unknowns, u) -
                                    part.unknowns.begin());
  };
  reduced[place(unknown)] = static_cast<Int128>(direction) * below;
  Int128 bound = 0;
  for (std::size_t r = 0; r < part.rows.size(); ++r) {
    if (multipliers[r] == 0) {
      continue;
    }
    bound += static_cast<Int128>(multipliers[r]) * equations.sum(part.rows[r]);
    for (const Equations::Term& term : equations.row(part.rows[r])) {
      reduced[place(term.index)] -= static_cast<Int128>(multipliers[r]) * term.coefficient;
    }
  }
  for (std::size_t j = 0; j < reduced.size(); ++j) {
    const Range& range = ranges[part.unknowns[j]];
    if (reduced[j] < 0 && range.high == no_limit) {
      return std::nullopt;
    }
    bound += reduced[j] * (reduced[j] < 0 ? range.high : range.low);
  }
  return bound;
}

}  // namespace

std::optional<std::vector<Range>> narrowed(const Equations& equations, std::vector<Range> ranges,
                                           std::span<const std::uint32_t> rows, Numbers numbers) {
  return Narrowing(equations, std::move(ranges), rows, numbers).run();
}

std::optional<Fraction> least(const Equations& equations, const Equations::Part& part,
                              std::span<const Range> ranges, std::uint32_t unknown, int direction,
                              std::span<const double> multipliers) {
  static constexpr std::array<std::int64_t, 9> denominators = {1, 2, 3, 4, 5, 6, 12, 60, 1 << 20};
  std::optional<Fraction> best;
  std::vector<std::int64_t> whole(multipliers.size());
  std::vector<Int128> reduced;
  for (const std::int64_t below : denominators) {
    double worst = 0;
    for (std::size_t r = 0; r < multipliers.size(); ++r) {
      const double times = std::clamp(multipliers[r], -largest_multiplier, largest_multiplier) *
                           static_cast<double>(below);
      whole[r] = std::llround(times);
      worst = std::max(worst, std::abs(times - static_cast<double>(whole[r])));
    }
    const auto bound = least_of(equations, part, ranges, unknown, direction, whole, below, reduced);
    if (bound) {
      const Fraction fraction = Fraction::of(*bound, below);
      best = best && !(*best < fraction) ? best : fraction;
    }
    if (bound && worst < 1e-6) {
      break;  // the multipliers are such fractions: no other denominator does better
    }
  }
  return best;
}

}  // namespace parcours::sums
