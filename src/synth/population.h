// The population of metropolitan France by age, sex and department: INSEE's estimates of 2023.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "base/random.h"
#include "records/patient.h"

namespace parcours::synth {

using PlaceNumber = std::uint8_t;

// A department.
struct Place {
  std::string department;  // "69"
  std::string region;      // "84"
  double people;
};

class Population {
 public:
  Population();

  struct Draw {
    records::Sex sex;
    int age;  // in years
  };
  Draw person(Random& random) const;

  const std::vector<Place>& places() const { return places_; }
  // The 13 regions; the least populated last.
  const std::vector<std::string>& regions() const { return regions_; }

  // A department, by its people: of the country, or of one region.
  PlaceNumber place(Random& random) const;
  PlaceNumber place_in(const std::string& region, Random& random) const;

 private:
  struct Band {
    int from;  // the first of five years of age; the last band is open
    double women;
    double men;
  };
  std::vector<Band> bands_;
  double people_ = 0;
  std::vector<Place> places_;
  std::vector<std::string> regions_;
};

}  // namespace parcours::synth
