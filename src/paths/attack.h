// What one attacker achieves on care paths: how many patients they single out.
//
// The attacker applies to a patient who has as many events as the file says under each entry of
// `knows` (one at least for "all"). The attacker knows that many of them, chosen at random, as well
// as timing and detail allow, and the fields of the person that the export has too. Another patient
// fits if they have the same values in those fields (not known is a value like others) and, for
// each known event, one under the same entry that looks the same and lies as near in time. The
// figure is the mean, over the patients to whom the attacker applies, of the share of choices that
// nobody else fits.
//
// Where all choices of all these patients are no more than `draws` every one is tried and the share
// is exact; so is one event of one entry, and "all". Else they are drawn, and the interval is that
// of uniqueness.h.
//
// G1: an exact share is that of the definition. G2: threads do not change a bit.
// Example: a neighbour who knows the sex, one sick leave and one visit, each by its kind and to
// within three days.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/error.h"
#include "base/progress.h"
#include "base/share.h"
#include "base/stop.h"
#include "paths/attackers.h"
#include "paths/people.h"
#include "paths/read_paths.h"

namespace parcours::paths {

struct AttackQuestion {
  std::uint64_t draws = 0;  // at least 1
  std::uint64_t seed = 0;
  int threads = 1;
};

struct AttackFigure {
  std::uint64_t applies = 0;  // to so many patients of the export; where 0, there is no share
  Share singled_out;          // of those it applies to
  // What the attacker knows and the export does not have: fields of the person, and "kind" where no
  // event has one.
  std::vector<std::string> not_there;
};

// One figure for each attacker, in their order.
Result<std::vector<AttackFigure>> attack(const PathsRead& read, const People& people,
                                         const Attackers& attackers, const AttackQuestion& question,
                                         Progress& progress, const Stop& stop);

}  // namespace parcours::paths
