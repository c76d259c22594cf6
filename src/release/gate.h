// The gate. It judges what protection made, and either all of it may leave or none.
//
// The gate reads the rules by its own code (release/obeys.h) and looks for what sums give away by
// its own code (release/recovery.h). It shares with protection the facts of each cell
// (crowds/cell_facts.h) and the engine of `sums`: elimination, intervals and bonds. A fault in
// those is a fault in both; their own slow twins hold them.
//
// G1: a release exists only of tables that passed (the types say so: release/verdict.h,
//     release/release.h).
// G2: every published cell of every kind of table obeys every rule of the rules file, judged again
//     from the facts of the cell (release/obeys.h).
// G3: no hidden cell is determined by the published ones, over all tables at once and with the size
//     of the population (release/recovery.h).
// G4: every attack failed on what leaves, and the same attack found something before protection
//     wherever a cell was unsafe.
// G5: nothing but tables leaves: a hidden cell holds no figure, a published one the figure that was
//     counted; no name in the tables is an identifier, and no table is by practice. What the summary
//     says of cells, means and of the margins that the study needs is counted again.
// G6: what the published sums leave open for an unsafe hidden count is as wide as the rules ask, and
//     nobody who is alone in a hidden cell works out another one from it (release/closeness.h).
//
// A refusal is an error of Fault::rule that names the rule and the check, never a cell or its
// value.
//
// Not judged yet: the permit, other releases, the sign-off (release/notes.h says so in every
// release).
#pragma once

#include <vector>

#include "base/error.h"
#include "release/verdict.h"

namespace parcours {

Result<Verdict> judge(const Counted& counted, Protected made, const Rules& rules,
                      std::vector<AttackRun> attacks, const Study& study);

}  // namespace parcours
