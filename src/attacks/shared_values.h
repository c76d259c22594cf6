// Is a known patient's value told by the tables, because everybody of their group has it?
//
//   girls of 6 to 11 in region 84, by first drug: 30 of R03AC, 0 of every other. Whoever knows that
//   a girl of nine there is in the study knows what she was given.
//
// Looked at in every additive dimension that is not one of the fields that others know anyway (age,
// sex, birth, place, by name). A group of which all categories but one are empty is enough. Where
// its size is known (published or worked out), so is what its members have, and it is a success.
// Where its size is hidden, somebody who knows of a member learns it all the same: these groups are
// counted apart, by GroupSize::hidden. That an empty group tells that somebody is not in the study
// is not counted here: rules that publish zeros allow it.
//
// G1: a group all of whose members share a value is found, its count hidden or not.
#pragma once

#include <span>
#include <string>

#include "attacks/table_attacks.h"

namespace parcours {

enum class GroupSize { known, hidden };
AttackOutcome shared_values(std::span<const Table> tables, const KnownTables& known,
                            GroupSize size);

// In the dimensions of these ids alone, as rules name them; of groups whose size is known.
AttackOutcome shared_values(std::span<const Table> tables, const KnownTables& known,
                            std::span<const std::string> dimensions);

}  // namespace parcours
