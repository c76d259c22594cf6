// Runs every attack that an outsider can run on published tables, with the tables alone.
#pragma once

#include <span>
#include <vector>

#include "attacks/table_attacks.h"

namespace parcours::attacks {

struct OutsideAttacks {
  // What the tables give to anybody: recover, small cells, differencing, exercise
  // (table_attacks.h), bounds, near groups, shared values. The exercise tries people of every inner
  // cell that is not known to be empty. `bounds` is missing if no counts fit all sums together:
  // the tables contradict each other.
  std::vector<AttackOutcome> by_anybody;
  // What they give to an insider, if there is one: a patient who is alone in a hidden cell, or a
  // person who knows a member of a hidden group. No outsider can see whether there is one, so these
  // are no proof of a breach.
  std::vector<AttackOutcome> by_insiders;
};

// Shared values are looked for in whatever is not known anyway, whatever the question calls
// sensitive.
OutsideAttacks attack_from_outside(std::span<const tables::Table> tables,
                                   const TableQuestion& question);

}  // namespace parcours::attacks
