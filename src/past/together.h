// What the tables of a study tell together with the releases that were made before.
//
// An outsider has them all. So whoever stands in a published cell of the one and not in one of the
// other may be found by subtracting: the three patients who came since, the one who objected, those
// whom one more exclusion leaves out. add_past() adds to the counted study, as overlaps
// (crowd_table.h):
//
//   - the cells of each table of the release before, with what it published of them;
//   - for each of its tables and each table of the study, the groups that the two tell apart
//     together: by each trait that both have (sex, place, age, practice, each family of events), as
//     the one and the other tell it apart, and by who stands in the one, the other or both;
//   - the cells of the one within cells of the other that have a few people more (within.h);
//   - the two populations, in the same way.
//
// And it marks each cell whose figure must not be shown anew (moved.h).
//
// add_both() adds the groups that two releases before tell apart together. Three releases may tell
// what no two of them do:
//
//     A: patients with diabetes, aged 18 to 29          hidden: 4
//     B: all patients, aged 0 to 9, 10 to 19, 20 to 29  published: 500, 520, 480
//     C: those without diabetes, aged 0 to 17, 18 to 29 published: 900, 596
//
//     500 + 520 + 480 - 900 - 596 = 4, as nobody under 18 has diabetes
//
// When C is made, it is the groups of A and B that tie the first to the rest: those with diabetes
// aged 18 and 19, and those aged 20 to 29.
#pragma once

#include <cstdint>

#include "base/error.h"
#include "crowds/crowd_table.h"
#include "past/everybody.h"
#include "past/past_release.h"
#include "past/two_studies.h"

namespace parcours::past {

// `study` is the one that was counted, `everybody` as it sees them, with the fingerprints that are
// in `counted`. Errors: the two together tell too many groups apart; no memory.
Status add_past(const PastRelease& past, const RolledStudy& study, const Everybody& everybody,
                const TogetherOptions& options, crowds::Counted& counted);

// Of a release that tells the same as one that was added: what it published.
Status add_again(const PastRelease& past, const RolledStudy& study, const Everybody& everybody,
                 const TogetherOptions& options, crowds::Counted& counted);

// Two releases before the study that was counted, each of which add_past() adds; `everybody` as the
// second sees them. Errors: as add_past().
Status add_both(const PastRelease& first, const PastRelease& second, const Everybody& everybody,
                const TogetherOptions& options, crowds::Counted& counted);

// Whether both ask the same of the same records, in cells alike: what the second tells together
// with another study the first does too, but for which of its cells are published.
bool tell_the_same(const PastRelease& first, const PastRelease& second);

}  // namespace parcours::past
