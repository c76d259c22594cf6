// The gate judges the protected tables. Either all of them may leave, or none.
//
// The gate applies the rules with its own code (release/obeys.h) and looks for cells that sums give
// away with its own code (release/recovery.h). It shares with protection the facts of each cell
// (crowds/cell_facts.h), the system behind means (protect/mean_sums.h) and the engine of `sums`:
// elimination, intervals and bonds. A bug in these would affect both; slow twins test them, and an
// outsider of the tests' own reads the means (release/means_together_test.cc).
//
// G1: a release holds only tables that passed (the types ensure it: release/verdict.h,
//     release/release.h).
// G2: every published cell of every kind of table obeys every rule of the rules file, judged again
//     from the facts of the cell (release/obeys.h).
// G3: no hidden cell is determined by the published ones, over all tables at once and with the size
//     of the population (release/recovery.h).
// G4: every attack failed on the protected tables, and the same attack found something before
//     protection wherever a cell was unsafe.
// G5: nothing but tables leaves: a hidden cell holds no figure, and a published one holds the
//     figure that was counted; no name in the tables is an identifier, and no table is by practice.
//     The gate counts the summary's numbers of cells, means and needed margins again.
// G6: the published sums and means leave each unsafe hidden count and each sum of few patients an
//     interval as wide as the rules ask (protect/mean_sums.h for the means), and
//     no insider alone in a hidden cell can work out another one from it (release/closeness.h).
//
// A refusal is an error of Fault::rule that names the rule and the check, never a cell or its
// value.
//
// Each of them is judged with all that releases before published (past/together.h): it is known,
// and no cell is shown anew to which a few came or from which a few left since.
//
// The permit is judged beside it (release/permitted.h). Not judged yet: the sign-off
// (release/notes.h says so in every release).
#pragma once

#include <vector>

#include "base/error.h"
#include "release/verdict.h"

namespace parcours::release {

Result<Verdict> judge(const crowds::Counted& counted, protect::Protected made,
                      const protect::Rules& rules, std::vector<attacks::AttackRun> attacks,
                      const study::Study& study);

}  // namespace parcours::release
