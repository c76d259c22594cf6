// Secondary suppression: what must be hidden with the unsafe sums so that the published ones do not
// give them away.
//
// Three passes, a file each. More is hidden until nothing is determined (hiding.h); more still until
// every unsafe sum is wide (widths.h); and what turned out not to be needed is published again, the
// dearest first (publishing.h).
//
// G1: no hidden sum is determined by the published ones.
// G2: of the sums hidden here none can be published again by itself, while the effort lasts.
// G3: for every unsafe sum there are two whole tables that agree in all that is published, and in
//     which it differs by the width that is asked.
// G4: nobody who is alone in a hidden sum learns an exposed one by knowing it.
// G5: a needed sum is hidden only if it is unsafe, or if no safe pattern shows it beside the needed ones
//     that are shown (needed.h), while the effort lasts.
#pragma once

#include "base/error.h"
#include "protect/sums.h"

namespace parcours {

// Which sums to hide. Errors: one that is unsafe and fixed, that fixed ones give away, or that
// nothing makes wide.
Result<Hidden> hide(const Sums& sums);

}  // namespace parcours
