// Attacks on published tables. They see what every reader sees: the tables, and never a patient, a
// rule or the reason why a cell is hidden.
//
//   recover        hidden counts are worked out as sums and differences of published ones, over all
//                  tables at once
//   small-cells    a count of 1 to threshold - 1, published or worked out, is of that few people
//   differencing   a known total less a known part of it leaves 1 to threshold - 1 people, whom
//                  neither shows
//   near-groups    nearly equal groups of two tables differ by 1 to threshold - 1 people
//                  (near_groups.h)
//   shared-values  everybody of a known group has the same of what rules call sensitive
//                  (shared_values.h)
//   exercise       the attacker knows a person's fields and looks for the smallest group that the
//                  person must belong to
//
// Each has a control: the same attack on the tables before protection, as counted. There it must
// succeed if there is anything to find; separate code counts what there is to find (near_pairs.h
// for near-groups). The control of `recover` hides only the small cells, without complementary
// suppression; if these cover each other, only one of them.
//
// G1: an attack that its control shows to be blind is not reported as failed: the control's
//     successes tell.
// G2: a hidden count that the published ones determine, a small count shown, a small rest and a
//     small group are each found: tests plant one of each in tables that are safe otherwise.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "attacks/known_tables.h"
#include "tables/coordinates.h"
#include "tables/table.h"

namespace parcours::attacks {

struct AttackOutcome {
  std::string id;
  tables::Label name;
  tables::Label how;            // what the attacker does, and what counts as a success
  std::uint64_t tried = 0;      // hidden cells, known cells, pairs of known cells, people
  std::uint64_t succeeded = 0;  // of them
};

AttackOutcome recover(const HiddenCells& cells);
AttackOutcome small_cells(const KnownTables& known, std::int64_t threshold);
AttackOutcome differencing(std::span<const tables::Table> tables, const KnownTables& known,
                           std::int64_t threshold);

// A person of whom the attacker knows that they stand in these categories.
AttackOutcome exercise(std::span<const tables::Table> tables, const KnownTables& known,
                       std::int64_t threshold, std::span<const tables::Coordinates> people);

// The size of the smallest known group to which a person with these facts must belong; nothing if
// no known group is defined by their facts or some of them.
std::optional<std::int64_t> smallest_group(std::span<const tables::Table> tables,
                                           const KnownTables& known,
                                           const tables::Coordinates& person);

// Fields of people who stand in `tables`, as counted: at most `most` of the inner cells that hold
// anybody, drawn by the seed.
std::vector<tables::Coordinates> draw_people(std::span<const tables::Table> tables,
                                             std::size_t most, std::uint64_t seed);

struct AttackRun {
  AttackOutcome outcome;  // on what leaves
  AttackOutcome control;  // before protection
  std::uint64_t to_find =
      0;  // what there was to find before protection; 0: the control has nothing to show
};

struct TableQuestion {
  std::int64_t threshold;  // the fewest patients that a published group may have
  std::size_t people;      // how many people the exercise tries, at most
  std::uint64_t seed;
  // Dimensions of which the tables must not say what everybody of a group has; none where the rules
  // allow it.
  std::vector<std::string> sensitive;
};

// All of them: every attack of outside_attacks.h that needs no insider. `protected_tables` are
// those that leave, `counted` the same tables with every cell shown.
std::vector<AttackRun> attack(std::span<const tables::Table> protected_tables,
                              std::span<const tables::Table> counted,
                              const TableQuestion& question);

}  // namespace parcours::attacks
