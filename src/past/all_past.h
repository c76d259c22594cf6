// What a study tells together with all releases before, and these with each other.
#pragma once

#include <cstdint>
#include <optional>

#include "base/error.h"
#include "base/progress.h"
#include "base/stop.h"
#include "crowds/crowd_table.h"
#include "past/editions.h"
#include "past/past_release.h"
#include "past/past_releases.h"
#include "past/ties.h"
#include "past/together.h"
#include "past/told.h"

namespace parcours::past {

struct AllPast {
  // The first release that answered the same question of the same state. Then nothing is added: the
  // answer is the same, and what was released since is no reason to keep it back.
  std::optional<PastRelease> same;
  Ties ties;                      // of the study and the releases: to be remembered with it
  std::vector<Ties::Groups> own;  // what its tables tell together: as above
  // Of the editions of the study before it; where `same`, before that one.
  EarlierFigures earlier;
};

// The study that was counted. `people`: those of the releases and of its roll.
struct StudyNow {
  const PastEntry& entry;  // what is asked, and of which state of the vault
  const ToldStudy& told;
  const PastRoll& roll;
  const People& people;
};

// Adds it to what was counted, as add_past() and add_both() do, each group once. What the releases
// tell together is not looked for anew where they remember it. The threads (0: as many as the
// machine has) change nothing in what is found. Errors: those of add_past(); a release that cannot
// be read; stopped.
Result<AllPast> add_all_past(const PastReleases& past, const StudyNow& study,
                             const TogetherOptions& options, int threads, crowds::Counted& counted,
                             Progress& progress, const Stop& stop);

}  // namespace parcours::past
