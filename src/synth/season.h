// The season of each illness, and the days of the week on which doctors work.
//
// A season gives each day a weight; a year of an average one adds up to 1. Epidemics come earlier
// in one year and later in another, the same for the whole country.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/day.h"
#include "base/random.h"

namespace parcours::synth {

using SeasonNumber = std::uint8_t;

class Seasons {
 public:
  Seasons(Day first, Day last, std::uint64_t seed);

  SeasonNumber number_of(std::string_view name) const;
  std::size_t size() const { return names_.size(); }

  // What the days from `from` to `until` (both ends included, within the period) weigh: how often
  // something comes in them that comes once in an average year.
  double weight(SeasonNumber season, Day from, Day until) const {
    const std::vector<double>& sums = sums_[season];
    return sums[at(until) + 1] - sums[at(from)];
  }

  // One of these days, each as likely as it weighs.
  Day draw(SeasonNumber season, Day from, Day until, Random& random) const;

 private:
  std::size_t at(Day day) const { return static_cast<std::size_t>(day - first_); }

  Day first_;
  std::vector<std::string> names_;
  std::vector<std::vector<double>> sums_;  // by season: the weight of the days before the i-th
};

// Sunday 0 to Saturday 6.
int weekday(Day day);

}  // namespace parcours::synth
