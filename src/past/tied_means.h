// A mean in one release and a table of the same count in another: of 30 patients with no visit, 20
// with one and 9 with two, the mean times 59 patients is 38 visits. Whoever has both may work out
// how many had two, where that is hidden.
//
// Within one release the two are one system (protect/mean_sums.h). Of two releases the later one
// keeps back more than it may have to:
//
//   - a mean, if the table before hides some category of the count for the same people;
//   - the categories of the count, all of them, at each place where fewer than `few` people are in
//     one of them or in all others, and at all wider places; if some mean was published before.
//
// After the first nothing of the two is left to compare. After the second a hidden cell may still
// be narrower than the rules ask, where another category of its row is hidden for its own sake: in
// the tests one of 48 was. A study that asks both at once is judged exactly, and shows more.
//
// The two are of the same count if they are defined alike but for the bands. What the mean of one
// window says of a table of another one is not looked at.
#pragma once

#include "past/moved.h"

namespace parcours::past {

// Marks what the table must not show (CrowdTable::moved, moved_means). `past` is of the same
// population, by its definition.
void keep_back_tied(const PastTable& past, const ToldTable& told, std::uint32_t few,
                    crowds::CrowdTable& table);

}  // namespace parcours::past
