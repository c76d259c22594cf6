// Ages as files of people write them: in years, or in a band of years.
//
//   12   12.5   10-14   10 to 14   [10-15)   [10, 15[   (9,14]   <6   under 6   75+   >= 75
//   18plus   6 à 11 ans
//
// Ends are included, but for one with a bracket turned away from it, for "<" and for "under". Of
// round brackets on both sides nothing is made: they are only brackets.
#pragma once

#include <string_view>

namespace parcours::exercise {

// Whether a person of `years` (12: from the twelfth birthday to the day before the thirteenth) may
// be meant by `text`; false where it is no age.
bool age_fits(std::string_view text, int years);

}  // namespace parcours::exercise
