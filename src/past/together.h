// What the tables of a study tell together with a release that was made before.
//
// An outsider has both. So whoever stands in a published cell of the one and not in one of the
// other may be found by subtracting: the three patients who came since, the one who objected, those
// whom one more exclusion leaves out. This adds to the counted study, as overlaps (crowd_table.h):
//
//   - the cells of each table of the release before, with what it published of them;
//   - for each of its tables and each table of the study, the groups that the two tell apart
//     together: by each trait that both have (sex, place, age, practice, each family of events), as
//     the one and the other tell it apart, and by who stands in the one, the other or both;
//   - the cells of the one within cells of the other that have a few people more (within.h);
//   - the two populations, in the same way.
//
// And it marks each cell whose figure must not be shown anew (moved.h).
#pragma once

#include <cstdint>

#include "base/error.h"
#include "crowds/crowd_table.h"
#include "crowds/roll.h"
#include "past/past_release.h"
#include "past/told.h"
#include "records/keys.h"

namespace parcours {

// By cells of one overlap: more are refused.
inline constexpr std::uint64_t most_together = std::uint64_t{1} << 24;

struct TogetherOptions {
  std::uint32_t few;              // fewer people than this are told apart (the rules say so)
  std::uint32_t practices_exact;  // as in CountOptions
  const KeyedHash& fingerprints;  // those of `counted`
};

// `told` and `roll` are of the study that was counted. Errors: the two together tell too many
// groups apart; no memory.
Status add_past(const PastRelease& past, const ToldStudy& told, const Roll& roll,
                const TogetherOptions& options, Counted& counted);

// Of a release of the same question, the same rules and the same state of the vault: what it hid
// stays hidden. What it published is known, so that the new release is the same.
void withhold(const PastRelease& past, Counted& counted);

}  // namespace parcours
