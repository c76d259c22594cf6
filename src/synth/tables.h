// Reads the generator's data files, which are beside the code. A mistake in these files is a bug of
// the program: reading aborts and prints the place.
//
//   ages         metropolitan France by five-year age: the band's first age, women, men
//   places       its departments: people
//   seasons      weight of a day = base + height * bell((day of year - peak) / width); the peak
//                moves by up to `shift` days and the height by a share of up to `swing` from year
//                to year
//   illnesses    course acute: times a year per 1000 people; chronic: people per 1000; by age from
//                0, 5, 15, 45, 65, 80. sex: women's rate over men's, or f or m alone. again: acute,
//                chance of another visit : after days; chronic, days between visits. spread: chance
//                that someone of the family catches it. drugs: A|B:0.6 is one of A and B with a
//                chance of 0.6. tests: measure:chance. leave: reason:chance:days on average.
//                long_term: status:chance.
//   backgrounds  histories and allergies: people per 1000
//   checks       what happens at set ages: months, or first-last/step
//   measures     labs and vitals: mean at 40, spread between people and within one, change per year
//                of age above 40, shift of women, trend per year within a person, what illnesses
//                add. scale log: spreads and shifts are of the logarithm; growth: mean from
//                growth.csv
//   growth       median height (cm) and weight (kg) by age in months
#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "records/patient.h"
#include "vocabulary/text_table.h"

namespace parcours::synth {

// The rows of "illnesses" and so on.
vocabulary::TextTable table(std::string_view name);

double number(std::string_view text);

// "a b c" cut at `separator`; none of an empty text.
std::vector<std::string> split(std::string_view text, char separator);

// Rates by age and sex.
inline constexpr std::array<int, 6> rate_ages = {0, 5, 15, 45, 65, 80};  // years, lower ends

class Rates {
 public:
  Rates() = default;
  // `fields` holds the column `sex` and, after it, six rates; they are divided by 1000.
  Rates(const std::vector<std::string>& fields, std::size_t sex_column);

  double at(records::Sex sex, int band) const {
    return (sex == records::Sex::female ? women_ : men_) * by_age_[band];
  }

 private:
  std::array<double, rate_ages.size()> by_age_{};
  double women_ = 1;
  double men_ = 1;
};

// The place in rate_ages of an age in years.
int rate_band(int age);

}  // namespace parcours::synth
