#include "synth/measure.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "base/check.h"
#include "synth/draw.h"
#include "synth/tables.h"

namespace parcours::synth {
namespace {

constexpr double days_a_year = 365.25;
constexpr std::array<double, 4> powers = {1, 10, 100, 1000};

// The person's own place among people, in spreads: the same whenever it is asked for.
double place_of(const Person& person, MeasureNumber measure, std::uint64_t what) {
  return normal_of(Random(person.traits, std::uint64_t{measure} * 2 + what)());
}

}  // namespace

Measures::Measures(const Codes& codes)
    : decimals_(codes.size(), 0), height_(codes.number_of("vital", "HEIGHT")) {
  for (const vocabulary::TextTable::Row& row : table("measures").rows) {
    const std::vector<std::string>& f = row.fields;
    const bool vital = codes.contains("vital", f[0]);
    Measure measure{.code = codes.number_of(vital ? "vital" : "lab", f[0]),
                    .scale = f[1] == "log"      ? Scale::log
                             : f[1] == "growth" ? Scale::growth
                                                : Scale::normal,
                    .mean = number(f[2]),
                    .between = number(f[3]),
                    .within = number(f[4]),
                    .per_year = number(f[5]),
                    .women = number(f[6]),
                    .trend = number(f[7]),
                    .decimals = static_cast<int>(number(f[8])),
                    .least = number(f[9]),
                    .most = number(f[10]),
                    .illnesses = {}};
    for (const std::string& shift : split(f[11], ' ')) {
      const std::vector<std::string> parts = split(shift, ':');
      measure.illnesses.emplace_back(codes.number_of("diagnosis", parts.at(0)),
                                     number(parts.at(1)));
    }
    decimals_[measure.code] = measure.decimals;
    names_.push_back(f[0]);
    measures_.push_back(std::move(measure));
  }
  for (const vocabulary::TextTable::Row& row : table("growth").rows) {
    growth_.push_back({number(row.fields[0]), number(row.fields[1]), number(row.fields[2]),
                       number(row.fields[3]), number(row.fields[4])});
  }
}

MeasureNumber Measures::number_of(std::string_view code) const {
  const auto found = std::ranges::find(names_, code);
  PARCOURS_CHECK(found != names_.end());
  return static_cast<MeasureNumber>(found - names_.begin());
}

// Between the two rows of the growth table around this age.
double Measures::grown(CodeNumber code, const Person& person, double months) const {
  const auto value = [&](const Growth& row) {
    const bool woman = person.sex == records::Sex::female;
    return code == height_ ? (woman ? row.height_women : row.height_men)
                           : (woman ? row.weight_women : row.weight_men);
  };
  const auto after = std::ranges::upper_bound(growth_, months, {}, &Growth::months);
  if (after == growth_.begin() || after == growth_.end()) {
    return value(after == growth_.begin() ? growth_.front() : growth_.back());
  }
  const Growth& low = *std::prev(after);
  const double share = (months - low.months) / (after->months - low.months);
  return value(low) + share * (value(*after) - value(low));
}

std::string Measures::written(CodeNumber code, std::int32_t value) const {
  double number = value;
  for (int i = 0; i < decimals(code); ++i) {
    number /= 10;
  }
  return fmt::format("{:.{}f}", number, decimals(code));
}

std::int32_t Measures::draw(MeasureNumber number, const Person& person, Day day,
                            std::span<const CodeNumber> illnesses, Random& random) const {
  const Measure& measure = measures_[number];
  const double age = (day - person.born) / days_a_year;
  const double years = (day - person.from) / days_a_year;
  double shift = measure.between * place_of(person, number, 0) +
                 measure.trend * years * (1 + place_of(person, number, 1)) +
                 measure.within * normal(random);
  if (measure.scale != Scale::growth) {
    constexpr double of_mean = 40;
    shift += measure.per_year * std::max(0.0, age - of_mean) +
             (person.sex == records::Sex::female ? measure.women : 0);
  }
  for (const auto& [illness, by] : measure.illnesses) {
    if (std::ranges::find(illnesses, illness) != illnesses.end()) {
      shift += by;
    }
  }
  double value = measure.mean + shift;
  if (measure.scale == Scale::log) {
    value = measure.mean * std::exp(shift);
  } else if (measure.scale == Scale::growth) {
    const double months = (day - person.born) / days_a_month;
    value = grown(measure.code, person, months) * std::exp(shift);
  }
  const double scaled = std::clamp(value, measure.least, measure.most) *
                        powers.at(static_cast<std::size_t>(measure.decimals));
  return static_cast<std::int32_t>(std::lround(scaled));
}

}  // namespace parcours::synth
