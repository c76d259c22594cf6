// Every attack that somebody outside can run on published tables, with nothing but the tables.
#pragma once

#include <span>
#include <vector>

#include "attacks/table_attacks.h"

namespace parcours {

struct OutsideAttacks {
  // What the tables give to anybody: recover, small cells, differencing, exercise
  // (table_attacks.h), bounds, near groups, shared values. The exercise tries people of every inner
  // cell that is not known to be empty.
  std::vector<AttackOutcome> by_anybody;
  // What they give to somebody who knows more than they say, if there is such a person: the insider
  // who is alone in a hidden cell, and who knows of a member of a hidden group. No outsider can see
  // whether there is one, so these are no proof of a breach.
  std::vector<AttackOutcome> by_insiders;
};

// Shared values are looked for in whatever is not known anyway, whatever the question calls
// sensitive.
OutsideAttacks attack_from_outside(std::span<const Table> tables, const TableQuestion& question);

}  // namespace parcours
