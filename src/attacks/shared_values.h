// Attack `shared-values`: all members of a group have the same value, so the tables disclose the
// value of each of them.
//
//   girls of 6 to 11 in region 84, by first drug: 30 of R03AC, 0 of every other. An attacker who
//   knows that a girl of nine there is in the study learns her drug.
//
// It looks at every additive dimension except the fields that others know anyway (age, sex, birth,
// place, by name). A group is enough if all its categories but one are empty. If the size of the
// group is known (published or worked out), the value of its members is known too: a success. If
// the size is hidden, a person who knows a member learns the value all the same: GroupSize::hidden
// counts these groups apart. An empty group says that a person is not in the study; this is not
// counted, because rules that publish zeros allow it.
//
// G1: a group all of whose members share a value is found, its count hidden or not.
#pragma once

#include <span>
#include <string>

#include "attacks/table_attacks.h"

namespace parcours::attacks {

enum class GroupSize { known, hidden };
AttackOutcome shared_values(std::span<const tables::Table> tables, const KnownTables& known,
                            GroupSize size);

// In the dimensions of these ids alone, as rules name them; of groups whose size is known.
AttackOutcome shared_values(std::span<const tables::Table> tables, const KnownTables& known,
                            std::span<const std::string> dimensions);

}  // namespace parcours::attacks
