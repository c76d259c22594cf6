#include "synth/season.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "base/check.h"
#include "synth/draw.h"
#include "synth/tables.h"

namespace parcours::synth {
namespace {

// How busy a day of the week is, from Sunday on. Invented; they add up to 7.
constexpr std::array<double, 7> week = {0, 1.5, 1.25, 1.15, 1.2, 1.35, 0.55};

struct Curve {
  double base, peak, width, height, shift, swing;
};

Curve curve_of(const vocabulary::TextTable::Row& row) {
  return {number(row.fields[1]), number(row.fields[2]), number(row.fields[3]),
          number(row.fields[4]), number(row.fields[5]), number(row.fields[6])};
}

double bell(double x) {
  return std::exp(-x * x / 2);
}

// The epidemics of one season, one a year, each with its own peak and height.
class Waves {
 public:
  Waves(const Curve& curve, int first_year, int last_year, Random random) : curve_(curve) {
    for (int year = first_year; year <= last_year; ++year) {
      const double shift = curve.shift * normal(random) / 2;
      const double height = curve.height * (1 + curve.swing * normal(random) / 2);
      waves_.push_back(
          {*day_of(year, 1, 1) + static_cast<int>(curve.peak + shift), std::max(0.0, height)});
    }
  }

  // Of a year that is like all others, so that a wave is as high in the sum of many years.
  double average() const {
    constexpr double year = 365.25;
    const double bells = curve_.height * curve_.width * std::sqrt(2 * 3.141592653589793);
    return curve_.base * year + bells;
  }

  double at(Day day) const {
    double weight = curve_.base;
    for (const Wave& wave : waves_) {
      weight += wave.height * bell((day - wave.peak) / curve_.width);
    }
    return weight;
  }

 private:
  struct Wave {
    Day peak;
    double height;
  };
  Curve curve_;
  std::vector<Wave> waves_;
};

}  // namespace

Seasons::Seasons(Day first, Day last, std::uint64_t seed) : first_(first) {
  for (const vocabulary::TextTable::Row& row : table("seasons").rows) {
    const Waves waves(curve_of(row), year_of(first) - 1, year_of(last) + 1,
                      Random(seed, names_.size()));
    const double average = waves.average();
    std::vector<double> sums = {0};
    for (Day day = first; day <= last; day = day + 1) {
      sums.push_back(sums.back() +
                     waves.at(day) / average * week.at(static_cast<std::size_t>(weekday(day))));
    }
    names_.push_back(row.fields[0]);
    sums_.push_back(std::move(sums));
  }
}

SeasonNumber Seasons::number_of(std::string_view name) const {
  const auto found = std::ranges::find(names_, name);
  PARCOURS_CHECK(found != names_.end());
  return static_cast<SeasonNumber>(found - names_.begin());
}

Day Seasons::draw(SeasonNumber season, Day from, Day until, Random& random) const {
  const std::vector<double>& sums = sums_[season];
  const double before = sums[at(from)];
  const double sought = before + random.unit() * (sums[at(until) + 1] - before);
  const auto begin = sums.begin() + static_cast<std::ptrdiff_t>(at(from)) + 1;
  const auto end = sums.begin() + static_cast<std::ptrdiff_t>(at(until)) + 2;
  const auto found = std::min(std::upper_bound(begin, end, sought), end - 1);
  return first_ + static_cast<std::int32_t>(found - sums.begin() - 1);
}

int weekday(Day day) {
  constexpr int thursday = 4;  // 1970-01-01
  return ((day.number + thursday) % 7 + 7) % 7;
}

}  // namespace parcours::synth
