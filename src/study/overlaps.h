// Finds what two tables of a study tell together.
//
// Two tables may tell the same trait of a patient apart in different ways: ages in bands of 5 and
// of 10 years, regions and departments, a window of 90 days and one of 365. Then a cell of one less
// a cell of the other is a group of people, though no table has a cell for it: of 120 patients
// tested within 365 days 117 were tested within 90 days, so 3 were tested between the two.
//
// An overlap tells the people of two tables apart by every trait that both have. Its cells are
// counted as a table's cells are, and are never published. Two tables have up to two overlaps, one
// as each of them tells the people apart:
//
//   - Where the categories of one are parts of the other's, as departments are of regions, the
//     finer one tells both.
//   - Where neither's are, both tell the trait as finely as the two tables together do.
//
// This is enough: where the two overlaps agree in what they have in common, some people stand in
// both as they say. (Of the patients that they have in common at a place, let any be of the one's
// kind and the other's, as many as each says: the numbers exist, as those of a two-way table with
// given margins do.)
//
// Traits: sex, place (at any level), age and year of birth, and each family of events: two event
// variables are of one family if some code of the vault is looked at by both, or by a chain of
// such variables. Different traits are taken as independent: that a value of one goes with every
// value of another is what the published figures alone may exclude.
//
// Where a cell of one table lies within a cell of another is noted too, unless a trait has too many
// parts for it (2^25 pairs of a part and a place).
//
// A table of `each` has no such trait: a patient may stand in several of its columns. Of its
// columns it is noted which lie within categories of other tables, and which of those within them.
#pragma once

#include <vector>

#include "base/error.h"
#include "study/tied.h"

namespace parcours::study {

// By cells of one overlap: more are refused.
inline constexpr std::uint64_t most_overlap_cells = std::uint64_t{1} << 22;

// Fills in `tied.overlaps`, `tied.tied_overlaps`, `tied.nestings` and `tied.containings` of a study
// that is tied but for these. Returns what is wrong: two tables that together tell too many groups
// apart.
std::vector<Error> add_overlaps(const Ground& ground, const Study& study, Tied& tied);

}  // namespace parcours::study
