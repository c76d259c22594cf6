#include "synth/population.h"

#include <algorithm>
#include <map>

#include "synth/draw.h"
#include "synth/tables.h"
#include "vocabulary/levels.h"

namespace parcours::synth {
namespace {

// Of those over 95, so many are a year older than so many; invented.
constexpr double another_year = 0.6;
constexpr int oldest = 106;

}  // namespace

Population::Population() {
  for (const vocabulary::TextTable::Row& row : table("ages").rows) {
    bands_.push_back(
        {static_cast<int>(number(row.fields[0])), number(row.fields[1]), number(row.fields[2])});
    people_ += bands_.back().women + bands_.back().men;
  }
  std::map<std::string, double> regions;
  for (const vocabulary::TextTable::Row& row : table("places").rows) {
    const std::string region = *vocabulary::at_level("fr-department", row.fields[0], "region");
    places_.push_back({row.fields[0], region, number(row.fields[1])});
    regions[region] += places_.back().people;
  }
  for (const auto& [region, people] : regions) {
    regions_.push_back(region);
  }
  std::ranges::sort(regions_, std::greater(),
                    [&](const std::string& region) { return regions.at(region); });
}

Population::Draw Population::person(Random& random) const {
  double left = random.unit() * people_;
  for (const Band& band : bands_) {
    for (const auto& [sex, people] :
         {std::pair(records::Sex::female, band.women), {records::Sex::male, band.men}}) {
      if (left >= people) {
        left -= people;
        continue;
      }
      int age = band.from + static_cast<int>(left / people * 5);
      if (band.from == bands_.back().from) {
        age = band.from;
        while (age < oldest && chance(random, another_year)) {
          ++age;
        }
      }
      return {sex, age};
    }
  }
  return {records::Sex::female, bands_.back().from};  // rounding
}

PlaceNumber Population::place(Random& random) const {
  double people = 0;
  for (const Place& place : places_) {
    people += place.people;
  }
  double left = random.unit() * people;
  std::size_t i = 0;
  while (i + 1 < places_.size() && left >= places_[i].people) {
    left -= places_[i++].people;
  }
  return static_cast<PlaceNumber>(i);
}

PlaceNumber Population::place_in(const std::string& region, Random& random) const {
  double people = 0;
  for (const Place& place : places_) {
    people += place.region == region ? place.people : 0;
  }
  double left = random.unit() * people;
  std::size_t last = 0;
  for (std::size_t i = 0; i < places_.size(); ++i) {
    if (places_[i].region == region) {
      last = i;
      if (left < places_[i].people) {
        break;
      }
      left -= places_[i].people;
    }
  }
  return static_cast<PlaceNumber>(last);
}

}  // namespace parcours::synth
